import { Page } from '../../ui/page.tsx';

/** Users. */
export default function UsersScreen() {
  return <Page title="Users">{null}</Page>;
}

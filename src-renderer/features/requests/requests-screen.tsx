import { Page } from '../../ui/page.tsx';

/** Requests. */
export default function RequestsScreen() {
  return <Page title="Requests">{null}</Page>;
}

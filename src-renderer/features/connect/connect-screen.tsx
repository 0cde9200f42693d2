import { Page } from '../../ui/page.tsx';

/** Connect. */
export default function ConnectScreen() {
  return <Page title="Connect">{null}</Page>;
}

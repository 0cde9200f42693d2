import { Page } from '../../ui/page.tsx';

/** Keys. */
export default function KeysScreen() {
  return <Page title="Keys">{null}</Page>;
}

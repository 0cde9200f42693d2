import { Page } from '../../ui/page.tsx';

/** Usage. */
export default function UsageScreen() {
  return <Page title="Usage">{null}</Page>;
}

import { Page } from '../../ui/page.tsx';

/** Overview. */
export default function OverviewScreen() {
  return <Page title="Overview">{null}</Page>;
}

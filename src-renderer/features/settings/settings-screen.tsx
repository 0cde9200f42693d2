import { Page } from '../../ui/page.tsx';

/** Settings. */
export default function SettingsScreen() {
  return <Page title="Settings">{null}</Page>;
}

import { Page } from '../../ui/page.tsx';

/** Welcome. */
export default function WelcomeScreen() {
  return <Page title="Welcome">{null}</Page>;
}

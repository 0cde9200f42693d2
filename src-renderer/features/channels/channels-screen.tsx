import { Page } from '../../ui/page.tsx';

/** Channels. */
export default function ChannelsScreen() {
  return <Page title="Channels">{null}</Page>;
}

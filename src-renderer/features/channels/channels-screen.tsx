import { useSearchParams } from 'wouter';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { useRouteId } from '../../ui/route-id.ts';
import { ChannelList } from './channel-list.tsx';
import { ChannelOrder } from './channel-order.tsx';
import { ChannelPage } from './channel-page.tsx';
import { DemoPage } from './demo-page.tsx';

/** Channels: all of them, their order, or one. */
export default function ChannelsScreen() {
  const id = useRouteId();
  const [params] = useSearchParams();
  if (id === DEMO_ID) return <DemoPage />;
  if (id !== undefined) return <ChannelPage key={id} id={id} />;
  return params.has('order') ? <ChannelOrder /> : <ChannelList />;
}

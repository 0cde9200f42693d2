import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { writeDocument } from '../support/write-document.ts';
import type { NamedRealtimeStandIn, NamedStandIn } from './platforms.ts';

/** The Proxy-Keys that tests use, by what is the matter with them. */
export type Keys = Readonly<
  Record<'ann' | 'zoe' | 'disabled' | 'of_disabled_user' | 'expired' | 'without_channels', string>
>;

const KEYS: Keys = {
  ann: 'pk-of-ann-for-python',
  zoe: 'pk-of-zoe-for-python',
  disabled: 'pk-of-ann-disabled',
  of_disabled_user: 'pk-of-a-disabled-user',
  expired: 'pk-of-ann-expired',
  without_channels: 'pk-without-channels',
};

/** Writes the configuration of the program under test. */
export async function configure(
  dataDir: string,
  platforms: readonly NamedStandIn[],
  realtime: readonly NamedRealtimeStandIn[],
): Promise<Keys> {
  const webSockets = (channel: string) => {
    const found = realtime.find((named) => named.channel === channel);
    return found === undefined ? {} : { websocket_url: found.standIn.url.replace('http', 'ws') };
  };
  const channelsOf = (user: string) =>
    platforms.filter((named) => named.user === user).map(({ channel }) => channel);
  const channels = platforms.map(({ channel, platform, standIn }) => [
    channel,
    // Whatever several platforms could serve goes to OpenAI.
    aChannel(platform, standIn.url, standIn.apiKey, {
      priority: platform === 'openai' ? 1 : 2,
      ...webSockets(channel),
    }),
  ]);
  await writeDocument(
    dataDir,
    aDocument({
      users: {
        ann: aUser({ channels: channelsOf('ann') }),
        zoe: aUser({ channels: channelsOf('zoe') }),
        away: aUser({ channels: channelsOf('ann'), status: 'disabled' }),
        bare: aUser({ channels: [] }),
      },
      proxy_keys: {
        'key-ann': aKey('ann', KEYS.ann),
        'key-zoe': aKey('zoe', KEYS.zoe),
        'key-disabled': aKey('ann', KEYS.disabled, { status: 'disabled' }),
        'key-expired': aKey('ann', KEYS.expired, { expires_at: '2026-01-01T00:00:00Z' }),
        'key-away': aKey('away', KEYS.of_disabled_user),
        'key-bare': aKey('bare', KEYS.without_channels),
      },
      channels: Object.fromEntries(channels),
    }),
  );
  return KEYS;
}

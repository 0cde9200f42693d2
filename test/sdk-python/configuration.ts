import type { AdminClient } from '../support/admin-client.ts';
import { aChannel } from '../support/document-fixtures.ts';
import type { NamedRealtimeStandIn, NamedStandIn } from './platforms.ts';

/** The Proxy-Keys that tests use, by what is the matter with them. */
export type Keys = Readonly<
  Record<'ann' | 'zoe' | 'disabled' | 'of_disabled_user' | 'expired' | 'without_channels', string>
>;

/** Configures the program under test as an admin would. */
class Configuring {
  readonly #admin: AdminClient;

  constructor(admin: AdminClient) {
    this.#admin = admin;
  }

  /** Makes a record under an id. @throws Error with the refusal */
  async make(collection: string, id: string, record: object): Promise<Readonly<Record<string, unknown>>> {
    const made = await this.#admin.post<Record<string, unknown>>(`/${collection}`, { id, ...record });
    if (made.status !== 201) throw new Error(`${collection}/${id}: ${JSON.stringify(made.body)}`);
    return made.body;
  }

  async change(collection: string, id: string, patch: object): Promise<void> {
    const { status, body } = await this.#admin.patch(`/${collection}/${id}`, patch);
    if (status !== 200) throw new Error(`${collection}/${id}: ${JSON.stringify(body)}`);
  }

  /** A key that the program makes, and shows this once. */
  async key(id: string, user: string): Promise<string> {
    const { key } = await this.make('proxy-keys', id, { user });
    if (typeof key !== 'string' || !key.startsWith('pk-')) throw new Error(`${id} is no Proxy-Key`);
    return key;
  }
}

async function makeChannels(
  configuring: Configuring,
  platforms: readonly NamedStandIn[],
  realtime: readonly NamedRealtimeStandIn[],
): Promise<void> {
  for (const { channel, platform, standIn } of platforms) {
    const spoken = realtime.find((named) => named.channel === channel);
    const webSockets =
      spoken === undefined ? {} : { websocket_url: spoken.standIn.url.replace('http', 'ws') };
    // Whatever several platforms could serve goes to OpenAI.
    const members = { priority: platform === 'openai' ? 1 : 2, ...webSockets };
    await configuring.make('channels', channel, aChannel(platform, standIn.url, standIn.apiKey, members));
  }
}

/** Configures the running program over its admin API. @returns the keys that it made */
export async function configure(
  admin: AdminClient,
  platforms: readonly NamedStandIn[],
  realtime: readonly NamedRealtimeStandIn[],
): Promise<Keys> {
  const configuring = new Configuring(admin);
  await makeChannels(configuring, platforms, realtime);
  const channelsOf = (user: string) =>
    platforms.filter((named) => named.user === user).map(({ channel }) => channel);
  await configuring.make('users', 'ann', { channels: channelsOf('ann') });
  await configuring.make('users', 'zoe', { channels: channelsOf('zoe') });
  await configuring.make('users', 'away', { channels: channelsOf('ann') });
  await configuring.make('users', 'bare', { channels: [] });
  const keys = {
    ann: await configuring.key('key-ann', 'ann'),
    zoe: await configuring.key('key-zoe', 'zoe'),
    disabled: await configuring.key('key-disabled', 'ann'),
    expired: await configuring.key('key-expired', 'ann'),
    of_disabled_user: await configuring.key('key-away', 'away'),
    without_channels: await configuring.key('key-bare', 'bare'),
  };
  await configuring.change('proxy-keys', 'key-disabled', { status: 'disabled' });
  await configuring.change('proxy-keys', 'key-expired', { expires_at: '2026-01-01T00:00:00Z' });
  await configuring.change('users', 'away', { status: 'disabled' });
  return keys;
}

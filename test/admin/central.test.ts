import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import {
  type AdminAnswer,
  type AdminClient,
  type AdminErrorBody,
  adminClient,
} from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** What a central service gave to this computer's owner. */
const KEY = 'pk-of-ann-at-the-central-service';
const MASKED = '***vice';

const cleanUp = createCleanUp();
let platform: OpenAiStandIn;
let central: Gateway;
beforeEach(async () => {
  platform = cleanUp.closing(await startOpenAi());
  central = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { k: aKey('ann', KEY) },
        channels: { openai: aChannel('openai', platform.url, platform.apiKey) },
      }),
    ),
  );
});
afterEach(cleanUp.run);

interface View {
  readonly connected: boolean;
  readonly channel_id: string | null;
  readonly base_url: string | null;
  readonly proxy_key: string | null;
  readonly has_user_me: boolean;
}

const NOTHING: View = {
  connected: false,
  channel_id: null,
  base_url: null,
  proxy_key: null,
  has_user_me: false,
};

/** The computer that is connected. */
async function local(sections: Parameters<typeof aDocument>[0] = {}) {
  const gateway = cleanUp.closing(await startGateway(aDocument(sections)));
  return { gateway, admin: adminClient(gateway) };
}

const connect = (admin: AdminClient, body: object, force = false) =>
  admin.put<View & AdminErrorBody>(`/central${force ? '?force=true' : ''}`, body);

const refusal = ({ status, body }: AdminAnswer<AdminErrorBody>) => [
  status,
  body.error.param,
  body.error.message,
];

const chat = async ({ proxyUrl }: Gateway, key: string): Promise<number> => {
  const response = await fetch(`${proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-stand-in', messages: [{ role: 'user', content: 'hello' }] }),
  });
  await response.text();
  return response.status;
};

describe('connecting to a central key service', () => {
  test('makes a channel and the user me, as whom the key is taken from then on', async () => {
    const { gateway, admin } = await local();
    expect((await admin.get('/central')).body).toEqual(NOTHING);
    expect(await chat(gateway, KEY)).toBe(401);
    const { status, body } = await connect(admin, { base_url: central.proxyUrl, proxy_key: KEY });
    const connected = {
      connected: true,
      channel_id: 'central',
      base_url: central.proxyUrl,
      proxy_key: MASKED,
      has_user_me: true,
    };
    expect([status, body]).toEqual([200, connected]);
    expect((await admin.get('/central')).body).toEqual(connected);
    platform.passOver();
    expect(await chat(gateway, KEY)).toBe(200);
    const seen = await platform.nextRequest();
    expect([await seen.placesOf(platform.apiKey), await seen.placesOf(KEY)]).toEqual([
      ['header authorization'],
      [],
    ]);
    expect((await gateway.lines(2)).at(-1)).toMatchObject({ user: 'me', channel: 'central' });
    expect((await central.lines(2)).at(-1)).toMatchObject({ user: 'ann', channel: 'openai' });
    const { body: audit } = await admin.get<{ items: { action: string }[] }>('/audit');
    const actions = audit.items.map(({ action }) => action);
    expect(actions.slice(0, 3)).toEqual(['user.create', 'channel.create', 'channel.test']);
    expect(JSON.stringify(audit)).not.toContain(KEY);
  });

  test('keeps what a user me has, and an id that is another channel’s', async () => {
    const other = aChannel('openai', 'http://127.0.0.1:9', 'channel-key-other');
    const { admin } = await local({
      channels: { central: other },
      users: { me: aUser({ name: 'Ann', channels: ['central'], status: 'disabled' }) },
    });
    const { body } = await connect(admin, { base_url: central.proxyUrl, proxy_key: KEY });
    expect(body.channel_id).toMatch(/^ch_/);
    expect((await admin.get('/users/me')).body).toMatchObject({
      name: 'Ann',
      channels: ['central', body.channel_id],
      status: 'active',
    });
    expect((await admin.get<Channel>('/channels/central')).body.platform).toBe('openai');
  });
});

describe('connecting to a central key service', () => {
  test('is refused in the words of the service where it does not take the key, and stores nothing', async () => {
    const { admin } = await local();
    const refused = await connect(admin, {
      base_url: central.proxyUrl,
      proxy_key: 'pk-that-nobody-knows-there',
    });
    expect(refusal(refused)).toEqual([422, 'proxy_key', expect.stringContaining('not known here')]);
    expect(JSON.stringify(refused.body)).not.toContain('nobody-knows');
    expect((await admin.get('/central')).body).toEqual(NOTHING);
    expect((await admin.get<{ total: number }>('/channels')).body.total).toBe(0);
  });

  test('is refused where nothing answers, unless it is forced', async () => {
    const { admin } = await local();
    const nowhere = { base_url: 'http://127.0.0.1:9', proxy_key: KEY };
    expect(refusal(await connect(admin, nowhere)).slice(0, 2)).toEqual([422, 'base_url']);
    const forced = await connect(admin, nowhere, true);
    expect([forced.status, forced.body]).toMatchObject([
      200,
      { connected: true, base_url: nowhere.base_url },
    ]);
  });

  test.each([
    ['an address that is none', { base_url: 'central', proxy_key: KEY }, 'base_url'],
    ['no key', { base_url: 'http://127.0.0.1:9' }, 'proxy_key'],
    ['a mask', { base_url: 'http://127.0.0.1:9', proxy_key: MASKED }, 'proxy_key'],
    ['a variable of this server', { base_url: 'http://127.0.0.1:9', proxy_key: 'env:HOME' }, 'proxy_key'],
    ['a Proxy-Key of this computer', { base_url: 'http://127.0.0.1:9', proxy_key: 'pk-of-bob' }, 'proxy_key'],
    ['nothing', {}, 'base_url'],
    ['more than it takes', { base_url: 'http://127.0.0.1:9', proxy_key: KEY, name: 'x' }, 'name'],
  ])('is refused with its field for %s, even where it is forced', async (_, body, field) => {
    const { admin } = await local({ users: { bob: aUser() }, proxy_keys: { b: aKey('bob', 'pk-of-bob') } });
    expect(refusal(await connect(admin, body, true)).slice(0, 2)).toEqual([422, field]);
    expect((await admin.get('/central')).body).toEqual(NOTHING);
  });

  test('is refused for the address of this program itself', async () => {
    const { gateway, admin } = await local();
    const refused = await connect(admin, { base_url: gateway.proxyUrl, proxy_key: KEY }, true);
    expect(refusal(refused).slice(0, 2)).toEqual([422, 'base_url']);
  });
});

describe('a connection', () => {
  const extras = { name: 'Company', priority: 3, headers: { 'x-team': 'secret-team' }, timeout: 30 };

  async function connected() {
    const channel = aChannel('aiproxy', central.proxyUrl, KEY, extras);
    const opened = await local({ channels: { company: channel }, users: { me: { channels: ['company'] } } });
    return { ...opened, stored: async () => (await opened.admin.get<Channel>('/channels/company')).body };
  }

  test('that was made by hand is the same one', async () => {
    const { admin } = await connected();
    expect((await admin.get('/central')).body).toEqual({
      connected: true,
      channel_id: 'company',
      base_url: central.proxyUrl,
      proxy_key: MASKED,
      has_user_me: true,
    });
  });

  test('keeps the stored key and everything else at the same address', async () => {
    const { gateway, admin, stored } = await connected();
    const { status } = await connect(admin, { base_url: central.proxyUrl });
    expect([status, await stored()]).toMatchObject([200, { name: 'Company', timeout: 30, api_key: MASKED }]);
    expect((await stored()).headers).toHaveProperty('x-team');
    expect(await chat(gateway, KEY)).toBe(200);
  });

  test('sends nothing that is stored to another address', async () => {
    const { admin, stored } = await connected();
    const elsewhere = cleanUp.closing(await startOpenAi({ apiKey: 'pk-for-elsewhere' }));
    for (const force of [false, true]) {
      const refused = await connect(admin, { base_url: elsewhere.url }, force);
      expect(refusal(refused).slice(0, 2)).toEqual([422, 'proxy_key']);
    }
    expect(elsewhere.requests).toHaveLength(0);
    const moved = await connect(admin, { base_url: elsewhere.url, proxy_key: 'pk-for-elsewhere' });
    expect(moved.body).toMatchObject({ connected: true, channel_id: 'company', base_url: elsewhere.url });
    const [seen] = elsewhere.requests;
    expect([await seen?.placesOf(KEY), await seen?.placesOf('secret-team')]).toEqual([[], []]);
    const { headers, ...kept } = await stored();
    expect([headers, kept]).toMatchObject([undefined, { name: 'Company', priority: 3, timeout: 30 }]);
  });

  test('keeps what another admin changed while the service was asked', async () => {
    const asked = Promise.withResolvers<void>();
    const edited = Promise.withResolvers<void>();
    const service = createServer(async (_request, response) => {
      asked.resolve();
      await edited.promise;
      response.setHeader('content-type', 'application/json').end('{"object":"list","data":[]}');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    cleanUp.add(() => void service.close());
    // A server that listens on a port has an address of this kind.
    const base_url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const { admin } = await local({ channels: { company: aChannel('aiproxy', base_url, KEY) } });
    const connecting = connect(admin, { base_url, proxy_key: 'pk-of-ann-renewed' });
    await asked.promise;
    expect((await admin.patch('/channels/company', { name: 'Renamed', priority: 7 })).status).toBe(200);
    edited.resolve();
    expect((await connecting).body).toMatchObject({ connected: true, proxy_key: '***ewed' });
    const { body } = await admin.get('/channels/company');
    expect(body).toMatchObject({ name: 'Renamed', priority: 7, api_key: '***ewed' });
  });

  test('ends, and begins again without the key', async () => {
    const { gateway, admin } = await connected();
    const ended = await admin.delete('/central');
    expect([ended.status, ended.body]).toMatchObject([200, { connected: false, base_url: central.proxyUrl }]);
    expect((await admin.get('/users/me')).body).toMatchObject({ status: 'disabled', channels: ['company'] });
    expect(await chat(gateway, KEY)).toBe(403);
    expect((await admin.delete('/central')).status).toBe(200);
    expect((await connect(admin, { base_url: central.proxyUrl })).body.connected).toBe(true);
    expect(await chat(gateway, KEY)).toBe(200);
  });
});

describe('the end of a connection', () => {
  test('leaves the user me who may use more than it', async () => {
    const channels = {
      company: aChannel('aiproxy', central.proxyUrl, KEY),
      ollama: aChannel('ollama', 'http://127.0.0.1:9', 'none'),
    };
    const { admin } = await local({ channels, users: { me: { channels: ['company', 'ollama'] } } });
    await admin.delete('/central');
    expect((await admin.get('/users/me')).body).not.toHaveProperty('status');
    expect((await admin.get('/channels/company')).body).toMatchObject({ status: 'disabled' });
  });

  test('lets one be made anew beside a deleted one, and once, however many ask at a time', async () => {
    const { gateway, admin } = await local();
    const address = { base_url: central.proxyUrl, proxy_key: KEY };
    const both = await Promise.all([connect(admin, address), connect(admin, address)]);
    expect(both.map(({ status, body }) => [status, body.channel_id])).toEqual([
      [200, 'central'],
      [200, 'central'],
    ]);
    expect((await admin.delete('/channels/central?force=true')).status).toBe(204);
    expect((await admin.get('/central')).body).toEqual({ ...NOTHING, has_user_me: true });
    expect(await chat(gateway, KEY)).toBe(401);
    expect((await connect(admin, address)).body.channel_id).toMatch(/^ch_/);
    expect(await chat(gateway, KEY)).toBe(200);
  });

  test('is nothing where there was none', async () => {
    const { admin } = await local();
    expect((await admin.delete('/central')).body).toEqual(NOTHING);
  });
});

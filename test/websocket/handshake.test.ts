import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type SelfSigned, selfSigned } from '../support/self-signed.ts';
import { echo, startWebSocketStandIn, type WebSocketBehaviour } from '../support/stand-ins/websocket.ts';
import { startGateway } from '../support/start-gateway.ts';
import { trust } from '../support/trusted.ts';
import { openWebSocket, refusedWebSocket, type WebSocketAsk } from '../support/websocket-client.ts';

const KEY = 'pk-of-ann-1234';
const CHANNEL_KEY = 'channel-key';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

interface Case {
  readonly platform?: string;
  readonly behaviour?: Partial<WebSocketBehaviour>;
  /** @param url of the platform */
  readonly channel?: (url: string) => Partial<Channel>;
}

/** A gateway with one channel to a platform that echoes. */
async function setUp({ platform = 'openai', behaviour = {}, channel = () => ({}) }: Case = {}) {
  const standIn = cleanUp.closing(await startWebSocketStandIn({ ...echo, ...behaviour }));
  const gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser({ channels: ['voice'] }) },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: {
          voice: aChannel(platform, standIn.url, CHANNEL_KEY, channel(standIn.url)),
          other: aChannel('openai', standIn.url, 'key-of-the-other'),
        },
      }),
    ),
  );
  const url = (path: string) => `ws://127.0.0.1:${gateway.port}${path}`;
  /** Opens a session, has one message echoed, and leaves. @returns the handshake that the platform saw */
  const handshake = async (path: string, ask: WebSocketAsk = bearer) => {
    const client = await openWebSocket(url(path), ask);
    client.socket.send('hello');
    await client.until(({ bytes }) => String(bytes) === 'hello');
    await client.leave();
    const seen = standIn.handshakes.at(-1) ?? expect.fail('no handshake');
    expect(JSON.stringify(seen)).not.toContain(KEY);
    return { client, ...seen };
  };
  return { standIn, gateway, url, handshake };
}

const PATH = '/v1/realtime?model=gpt-realtime';
const bearer: WebSocketAsk = { headers: { authorization: `Bearer ${KEY}` } };

describe('the key in a handshake', () => {
  it.each<[string, string, WebSocketAsk]>([
    ['Authorization, of any case', PATH, { headers: { authorization: `bEARER   ${KEY}` } }],
    ['x-api-key', PATH, { headers: { 'x-api-key': KEY } }],
    ['api-key', PATH, { headers: { 'api-key': KEY } }],
    ['x-goog-api-key', PATH, { headers: { 'x-goog-api-key': KEY } }],
    ['the query', `${PATH}&key=${KEY}`, {}],
    ['a subprotocol', PATH, { protocols: ['realtime', `openai-insecure-api-key.${KEY}`] }],
    ['a subprotocol of any case', PATH, { protocols: [`OpenAI-Insecure-API-Key.${KEY}`, 'realtime'] }],
  ])('is taken from %s, and swapped', async (_, path, ask) => {
    const { handshake } = await setUp();
    const { headers, url } = await handshake(path, ask);
    expect(headers.authorization).toBe(`Bearer ${CHANNEL_KEY}`);
    expect(url).toBe(PATH);
    for (const name of ['x-api-key', 'api-key', 'x-goog-api-key']) expect(headers[name]).toBeUndefined();
    expect(headers['sec-websocket-protocol'] ?? 'realtime').toBe('realtime');
  });

  it('leaves no subprotocols behind where it was the only one', async () => {
    const { url, standIn } = await setUp();
    // A client that offered some and is given none fails (RFC 6455 §4.1), and the server has none to give.
    const protocols = [`openai-insecure-api-key.${KEY}`];
    await expect(openWebSocket(url(PATH), { protocols })).rejects.toThrow('Server sent no subprotocol');
    expect(standIn.handshakes[0]?.headers['sec-websocket-protocol']).toBeUndefined();
  });

  it("of the platform, set by an admin's own header, wins", async () => {
    const { handshake } = await setUp({
      channel: () => ({ headers: { authorization: 'Token of-the-admin' } }),
    });
    expect((await handshake(PATH)).headers.authorization).toBe('Token of-the-admin');
  });
});

describe('what else is in a handshake', () => {
  it('passes: headers, the query, subprotocols and the one that was selected', async () => {
    const select = (offered: ReadonlySet<string>) => [...offered][1] ?? false;
    const { handshake } = await setUp({ behaviour: { select } });
    const { client, headers, url } = await handshake('/v1/realtime?model=a%20b&x=1&x=2', {
      protocols: ['openai-beta.realtime-v1', 'realtime', `openai-insecure-api-key.${KEY}`],
      headers: {
        'openai-beta': 'realtime=v1',
        'x-dashscope-datainspection': 'enable',
        'user-agent': 'test/1',
      },
    });
    expect(url).toBe('/v1/realtime?model=a%20b&x=1&x=2');
    expect(headers).toMatchObject({
      'openai-beta': 'realtime=v1',
      'x-dashscope-datainspection': 'enable',
      'user-agent': 'test/1',
      'sec-websocket-protocol': 'openai-beta.realtime-v1, realtime',
      'sec-websocket-version': '13',
      connection: 'Upgrade',
      upgrade: 'websocket',
    });
    expect(headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(client.socket.protocol).toBe('realtime');
  });

  it('loses its extensions, so that a client that offers compression works without', async () => {
    const { handshake } = await setUp();
    const { client, headers } = await handshake(PATH, { ...bearer, options: { perMessageDeflate: true } });
    expect(headers['sec-websocket-extensions']).toBeUndefined();
    expect(client.socket.extensions).toBe('');
  });

  it('keeps a slash at the end of the path as it came', async () => {
    const { handshake } = await setUp({ platform: 'dashscope' });
    for (const path of ['/api-ws/v1/inference', '/api-ws/v1/inference/'])
      expect((await handshake(path)).url).toBe(path);
  });
});

describe('the address of the WebSockets', () => {
  it.each(['http', 'ws'])('may be written with %s', async (scheme) => {
    const { handshake } = await setUp({
      platform: 'custom',
      channel: (url) => ({ base_url: 'http://127.0.0.1:1', websocket_url: url.replace('http', scheme) }),
    });
    expect((await handshake('/anything')).url).toBe('/anything');
  });

  it.each(['https', 'wss'])('may be written with %s, where the certificate is checked', async (scheme) => {
    const tls: SelfSigned = selfSigned('platform');
    const stranger = cleanUp.closing(await startWebSocketStandIn({ ...echo, tls: selfSigned('stranger') }));
    trust(cleanUp, [tls]);
    const { handshake, gateway, url } = await setUp({
      behaviour: { tls },
      channel: (secure) => ({
        base_url: 'http://127.0.0.1:1',
        websocket_url: secure.replace('https', scheme),
      }),
    });
    expect((await handshake(PATH)).headers.authorization).toBe(`Bearer ${CHANNEL_KEY}`);
    await gateway.edit(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: { stranger: aChannel('openai', stranger.url, CHANNEL_KEY) },
      }),
    );
    await expect.poll(async () => (await refusedWebSocket(url(PATH), bearer)).status).toBe(502);
    expect(stranger.handshakes).toEqual([]);
  });

  it('may have a path in front, and leads exact paths elsewhere by websocket_endpoints', async () => {
    const { handshake } = await setUp({
      channel: (url) => ({
        websocket_url: `${url}/region/eu`,
        websocket_endpoints: { '/v1/realtime': '/v2/talk' },
      }),
    });
    expect((await handshake('/v1/realtime/translations?model=m')).url).toBe(
      '/region/eu/v1/realtime/translations?model=m',
    );
    expect((await handshake('/v1/realtime?model=m')).url).toBe('/region/eu/v2/talk?model=m');
  });

  it.each([
    ['/openai/realtime?api-version=2024-10-01-preview&deployment=my-gpt', null],
    ['/v1/realtime?model=my-gpt', '/openai/v1/realtime?model=my-gpt'],
  ])("is Azure's for %s", async (path, there) => {
    const { handshake, gateway } = await setUp({ platform: 'azure' });
    const { url, headers } = await handshake(path, { headers: { 'api-key': KEY } });
    expect(url).toBe(there ?? path);
    expect([headers['api-key'], headers.authorization]).toEqual([CHANNEL_KEY, undefined]);
    expect((await gateway.lines(1))[0]).toMatchObject({ model: 'my-gpt', channel: 'voice' });
  });

  it('names the model as the platform knows it, by model_map', async () => {
    const { handshake, gateway } = await setUp({
      platform: 'azure',
      channel: () => ({ model_map: { 'gpt-realtime': 'our deployment' } }),
    });
    const { url } = await handshake('/v1/realtime?x=gpt-realtime&model=gpt-realtime&y=%20');
    expect(url).toBe('/openai/v1/realtime?x=gpt-realtime&model=our%20deployment&y=%20');
    expect((await handshake('/v1/realtime?model=another')).url).toBe('/openai/v1/realtime?model=another');
    expect((await gateway.lines(2)).map(({ model }) => model)).toEqual(['gpt-realtime', 'another']);
  });

  it("is DashScope's own for the canonical path", async () => {
    const { handshake } = await setUp({ platform: 'dashscope' });
    expect((await handshake('/v1/realtime?model=qwen-omni')).url).toBe('/api-ws/v1/realtime?model=qwen-omni');
  });
});

describe('the channel of a handshake', () => {
  it.each<[string, string, WebSocketAsk]>([
    ['a header', PATH, { headers: { ...bearer.headers, 'x-aiproxy-channel': 'voice' } }],
    ['the path', `/channels/voice${PATH}`, bearer],
  ])('may be chosen by %s, which ends here', async (_, path, ask) => {
    const { handshake } = await setUp();
    const { url, headers } = await handshake(path, ask);
    expect([url, headers['x-aiproxy-channel']]).toEqual([PATH, undefined]);
  });

  it.each<[string, number, string, string, WebSocketAsk, Case]>([
    [
      'is not permitted',
      403,
      'channel_not_permitted',
      PATH,
      { headers: { ...bearer.headers, 'x-aiproxy-channel': 'other' } },
      {},
    ],
    [
      'has no WebSockets',
      400,
      'websocket_not_supported',
      PATH,
      bearer,
      { channel: () => ({ supports_websocket: false }) },
    ],
    ['is of a platform without', 400, 'websocket_not_supported', PATH, bearer, { platform: 'anthropic' }],
    [
      'is disabled',
      503,
      'channel_unavailable',
      PATH,
      bearer,
      { channel: () => ({ status: 'disabled' as const }) },
    ],
  ])('is refused as HTTP where it %s', async (_, status, code, path, ask, given) => {
    const { url, standIn, gateway } = await setUp(given);
    const refusal = await refusedWebSocket(url(path), ask);
    expect(refusal.status).toBe(status);
    expect(JSON.parse(refusal.body)).toMatchObject({ error: { code } });
    expect(refusal.headers['x-aiproxy-error-source']).toBe('gateway');
    expect((await gateway.lines(1))[0]).toMatchObject({ user: 'ann', protocol: 'websocket', status });
    expect(standIn.handshakes).toEqual([]);
  });

  it('answers itself: its refusal passes with status, headers and body', async () => {
    const body = '{"error":{"message":"no voice today","code":"quota"}}';
    const { url, gateway } = await setUp({ behaviour: { refuse: () => ({ status: 429, body }) } });
    const refusal = await refusedWebSocket(url(PATH), bearer);
    expect([refusal.status, refusal.body]).toEqual([429, body]);
    expect(refusal.headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'platform-1',
      'x-aiproxy-error-source': 'platform',
    });
    expect((await gateway.lines(1))[0]).toMatchObject({ status: 429, error_code: 'quota' });
  });

  it('is asked nothing in place of a wrong key', async () => {
    const { url, standIn } = await setUp();
    for (const key of ['pk-unknown', CHANNEL_KEY, 'key-of-the-other'])
      expect((await refusedWebSocket(url(PATH), { headers: { 'api-key': key } })).status).toBe(401);
    expect(standIn.handshakes).toEqual([]);
  });
});

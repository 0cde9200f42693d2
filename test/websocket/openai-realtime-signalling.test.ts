import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import { type CallOptions, callSignalling, sdpAnswerTo } from '../support/stand-ins/openai-realtime-calls.ts';
import { startGateway } from '../support/start-gateway.ts';
import { jsonOf, openWebSocket, refusedWebSocket } from '../support/websocket-client.ts';

const ANN = 'pk-of-ann';
const BOB = 'pk-of-bob';
const API_KEY = 'channel-key-openai';

/** Bytes that text handling would spoil: line ends of both kinds, no text at all. */
const OFFER = Buffer.from('v=0\r\no=- 42 2 IN IP4 127.0.0.1\r\ns=-\na=\xff\xfe\x00 é\r\n', 'latin1');

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

async function setUp(options: Partial<CallOptions> = {}, more: Readonly<Record<string, Channel>> = {}) {
  const calls = callSignalling({ apiKey: API_KEY, ...options });
  const platform = cleanUp.closing(await startOpenAiRealtime({ apiKey: API_KEY }, calls));
  const gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser(), bob: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', ANN), 'bob-1': aKey('bob', BOB) },
        channels: { openai: aChannel('openai', platform.url, API_KEY, { priority: 1 }), ...more },
      }),
    ),
  );
  const post = (path: string, key: string, body: BodyInit, type = 'application/sdp') =>
    fetch(`${gateway.proxyUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body,
    });
  return { calls, platform, gateway, post };
}

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

describe('an offer of WebRTC', () => {
  it.each(['/v1/realtime/calls', '/v1/realtime?model=gpt-realtime'])(
    'at %s is answered byte for byte, with the key swapped',
    async (path) => {
      const { calls, gateway, post } = await setUp();
      const answer = await post(path, ANN, OFFER);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/sdp']);
      expect((await bytesOf(answer)).equals(sdpAnswerTo(OFFER))).toBe(true);
      const [seen] = calls.seen;
      expect(seen?.body.equals(OFFER)).toBe(true);
      expect(seen).toMatchObject({
        method: 'POST',
        url: path,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/sdp' },
      });
      expect((await gateway.lines(1))[0]).toMatchObject({
        user: 'ann',
        channel: 'openai',
        protocol: 'http',
        status: 201,
        outcome: 'success',
      });
    },
  );

  it('in a form arrives as it was sent, boundary, parts and line ends', async () => {
    const { calls, post } = await setUp();
    const session = '{"type":"realtime",\r\n "model":"gpt-realtime"}';
    const form = Buffer.concat([
      Buffer.from('--odd-Boundary.1\r\nContent-Disposition: form-data; name="sdp"\r\n'),
      Buffer.from('content-TYPE: application/sdp\r\n\r\n'),
      OFFER,
      Buffer.from(
        `\r\n--odd-Boundary.1\r\nContent-Disposition: form-data; name="session"\r\n\r\n${session}\r\n`,
      ),
      Buffer.from('--odd-Boundary.1--\r\n'),
    ]);
    const type = 'multipart/form-data; boundary="odd-Boundary.1"';
    const answer = await post('/v1/realtime/calls', ANN, form, type);
    expect((await bytesOf(answer)).equals(sdpAnswerTo(form))).toBe(true);
    expect(calls.seen[0]?.body.equals(form)).toBe(true);
    expect(calls.seen[0]?.headers['content-type']).toBe(type);
  });

  it.each<[string, string, string, Partial<CallOptions>]>([
    ['is relative', '', '', {}],
    [
      "names the platform's host",
      '',
      '',
      { locationBase: ({ headers }) => `http://${String(headers.host)}` },
    ],
    [
      'names another host',
      'https://eu.example',
      'https://eu.example',
      { locationBase: () => 'https://eu.example' },
    ],
  ])('has a Location for the client where the platform’s %s', async (_, __, base, options) => {
    const { post } = await setUp(options);
    const answer = await post('/v1/realtime/calls', ANN, OFFER);
    expect(answer.headers.get('location')).toBe(`${base}/v1/realtime/calls/rtc_1`);
  });
});

describe('a call', () => {
  it.each(['accept', 'reject', 'hangup', 'refer'])(
    'may be told to %s where it was made, by its owner and nobody else',
    async (what) => {
      const other = callSignalling({ apiKey: 'key-of-the-other' });
      const elsewhere = cleanUp.closing(await startOpenAiRealtime({ apiKey: 'key-of-the-other' }, other));
      const { calls, gateway, post } = await setUp(
        {},
        {
          other: aChannel('openai', elsewhere.url, 'key-of-the-other', { priority: 2 }),
        },
      );
      const made = await post('/channels/other/v1/realtime/calls', ANN, OFFER);
      const path = `${made.headers.get('location')}/${what}`;
      const body = '{"type":"realtime","model":"gpt-realtime"}';
      expect((await post(path, BOB, body, 'application/json')).status).toBe(404);
      expect((await post(path, ANN, body, 'application/json')).status).toBe(200);
      expect(other.seen.map(({ url, body: sent }) => [url, sent.length])).toEqual([
        ['/v1/realtime/calls', OFFER.length],
        [path, body.length],
      ]);
      expect(calls.seen).toEqual([]);
      expect((await gateway.lines(3)).map(({ user, status }) => [user, status])).toEqual([
        ['ann', 201],
        ['bob', 404],
        ['ann', 200],
      ]);
    },
  );

  it('is watched through a WebSocket of its owner only', async () => {
    const { gateway, platform, post } = await setUp();
    await post('/v1/realtime/calls', ANN, OFFER);
    const url = `ws://127.0.0.1:${gateway.port}/v1/realtime?call_id=rtc_1`;
    const as = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
    expect((await refusedWebSocket(url, as(BOB))).status).toBe(404);
    const client = await openWebSocket(url, as(ANN));
    await client.until((message) => jsonOf(message).type === 'session.created');
    await client.leave();
    expect(platform.handshakes.map(({ url: asked }) => asked)).toEqual(['/v1/realtime?call_id=rtc_1']);
  });

  it('is counted where a server watches it, as the platform told there', async () => {
    const { gateway, platform, post } = await setUp();
    await post('/v1/realtime/calls', ANN, OFFER);
    const url = `ws://127.0.0.1:${gateway.port}/v1/realtime?call_id=rtc_1`;
    const client = await openWebSocket(url, { headers: { authorization: `Bearer ${ANN}` } });
    client.socket.send('{"type":"response.create"}');
    await client.until((message) => jsonOf(message).type === 'response.done');
    await client.leave();
    const told = platform.sessions[0]?.usage ?? expect.fail('no session');
    expect(told.tokens_out).toBeGreaterThan(0);
    const [offered, watched] = await gateway.lines(2);
    expect([offered?.tokens_in, offered?.tokens_out]).toEqual([null, null]);
    expect(watched).toMatchObject({ user: 'ann', protocol: 'websocket', ...told });
  });
});

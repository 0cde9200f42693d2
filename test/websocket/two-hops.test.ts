import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { audioIn, runSynthesis, speak } from '../support/dashscope-client.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startDashScopeSpeech } from '../support/stand-ins/dashscope-speech.ts';
import { audioOf, charactersOf } from '../support/stand-ins/dashscope-speech-synthesis.ts';
import { startGeminiLive } from '../support/stand-ins/gemini-live.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { jsonOf, openWebSocket, refusedWebSocket, type WebSocketAsk } from '../support/websocket-client.ts';

/** What a developer got from the central key service; it is the key of the only channel here. */
const CENTRAL_KEY = 'pk-central-of-dev';
const LOCAL_KEY = 'pk-local-of-me';
const TEXT = '你好, world';

const cleanUp = createCleanUp();
let speech: RealtimeStandIn;
let openai: RealtimeStandIn;
let gemini: RealtimeStandIn;
let central: Gateway;
let local: Gateway;
let logged = 0;
beforeAll(async () => {
  speech = cleanUp.closing(await startDashScopeSpeech());
  openai = cleanUp.closing(await startOpenAiRealtime());
  gemini = cleanUp.closing(await startGeminiLive());
  central = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { dev: aUser() },
        proxy_keys: { 'dev-key': aKey('dev', CENTRAL_KEY) },
        channels: {
          openai: aChannel('openai', openai.url, openai.apiKey, { priority: 1 }),
          voice: aChannel('dashscope', speech.url, speech.apiKey, { priority: 2 }),
          gemini: aChannel('gemini', gemini.url, gemini.apiKey, { priority: 3 }),
        },
      }),
    ),
  );
  local = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { me: aUser() },
        proxy_keys: { local: aKey('me', LOCAL_KEY) },
        channels: { central: aChannel('aiproxy', central.proxyUrl, CENTRAL_KEY) },
      }),
    ),
  );
});
afterAll(cleanUp.run);

const url = (path: string) => `ws://127.0.0.1:${local.port}${path}`;
const bearer: WebSocketAsk = { headers: { authorization: `Bearer ${LOCAL_KEY}` } };

/** The lines of both, once a session has ended. */
async function nextLines() {
  logged += 1;
  const both = await Promise.all([local, central].map((gateway) => gateway.lines(logged)));
  return both.map((lines) => lines[logged - 1]);
}

const noKeys = ({ sessions }: RealtimeStandIn): void => {
  const told = JSON.stringify(sessions.map(({ handshake }) => handshake));
  expect(told).not.toContain(CENTRAL_KEY);
  expect(told).not.toContain(LOCAL_KEY);
};

describe("a developer's gateway in front of a central one", () => {
  it('carries speech whole, and both record it alike', async () => {
    const client = await openWebSocket(url('/api-ws/v1/inference/'), bearer);
    await speak(client, 'one', [TEXT]);
    await client.leave();
    expect(audioIn(client).equals(audioOf(TEXT))).toBe(true);
    const { handshake } = speech.sessions.at(-1) ?? expect.fail('no session');
    expect(handshake.url).toBe('/api-ws/v1/inference/');
    expect(handshake.headers.authorization).toBe(`Bearer ${speech.apiKey}`);
    noKeys(speech);
    const [here, there] = await nextLines();
    const same = { outcome: 'success', status: 101, characters: charactersOf(TEXT), model: 'cosyvoice-v2' };
    expect(here).toMatchObject({ ...same, user: 'me', channel: 'central' });
    expect(there).toMatchObject({ ...same, user: 'dev', channel: 'voice' });
    const counted = ({
      messages_in,
      messages_out,
      bytes_in,
      bytes_out,
    }: object & Record<string, unknown>) => ({
      ...{ messages_in, messages_out, bytes_out },
      bytes_in,
    });
    expect(counted({ ...here })).toEqual(counted({ ...there }));
  });

  it('carries a key that came as a subprotocol, and brings the selected one back', async () => {
    const protocols = ['realtime', `openai-insecure-api-key.${LOCAL_KEY}`];
    const client = await openWebSocket(url('/v1/realtime?model=gpt-realtime'), { protocols });
    await client.until((message) => jsonOf(message).type === 'session.created');
    expect(client.socket.protocol).toBe('realtime');
    await client.leave();
    noKeys(openai);
    expect((await nextLines()).map((line) => line?.channel)).toEqual(['central', 'openai']);
  });

  it('carries a key that came in the query', async () => {
    const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
    const client = await openWebSocket(url(`${path}?key=${LOCAL_KEY}`));
    client.event({ setup: { model: 'models/gemini-live-stand-in' } });
    await client.until(({ bytes }) => String(bytes) === '{"setupComplete":{}}');
    await client.leave();
    expect(gemini.sessions.at(-1)?.handshake.url).toBe(`${path}?key=${gemini.apiKey}`);
    noKeys(gemini);
    await nextLines();
  });

  it('ends when the central one takes the permission away, on both sides', async () => {
    const client = await openWebSocket(url('/api-ws/v1/inference'), bearer);
    client.event(runSynthesis('one'));
    await client.until(({ bytes }) => String(bytes).includes('task-started'));
    await central.edit(
      aDocument({
        users: { dev: aUser() },
        proxy_keys: { 'dev-key': aKey('dev', CENTRAL_KEY, { status: 'disabled' }) },
        channels: { voice: aChannel('dashscope', speech.url, speech.apiKey) },
      }),
    );
    expect(await client.closed).toEqual({ code: 1008, reason: 'proxy_key_disabled' });
    const [here, there] = await nextLines();
    expect(there).toMatchObject({ outcome: 'client_error', error_code: 'proxy_key_disabled' });
    expect(here).toMatchObject({ outcome: 'platform_error', error_message: 'proxy_key_disabled' });
    const refusal = await refusedWebSocket(url('/api-ws/v1/inference'), bearer);
    expect([refusal.status, JSON.parse(refusal.body).code]).toEqual([403, 'ProxyKeyDisabled']);
  });
});

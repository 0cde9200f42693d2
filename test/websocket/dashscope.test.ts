import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { audioIn, isEvent, recognise, runSynthesis, speak } from '../support/dashscope-client.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startDashScopeSpeech } from '../support/stand-ins/dashscope-speech.ts';
import { BYTES_OF_A_RESULT } from '../support/stand-ins/dashscope-speech-recognition.ts';
import { audioOf } from '../support/stand-ins/dashscope-speech-synthesis.ts';
import { mp3Frame } from '../support/stand-ins/mp3-frames.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import {
  jsonOf,
  openWebSocket,
  refusedWebSocket,
  type WebSocketClient,
} from '../support/websocket-client.ts';

const KEY = 'pk-of-ann';
const TEXTS = ['今天天气怎么样？', 'It is raining, and tomorrow it will rain again.', '谢谢！'];
const AUDIO = Buffer.concat(
  Array.from({ length: Math.ceil((9 * BYTES_OF_A_RESULT) / 418) }, (_, at) => mp3Frame(`spoken ${at}`)),
);

const cleanUp = createCleanUp();
let platform: RealtimeStandIn;
let gateway: Gateway;
beforeAll(async () => {
  platform = cleanUp.closing(await startDashScopeSpeech());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: { voice: aChannel('dashscope', platform.url, platform.apiKey) },
      }),
    ),
  );
});
afterAll(cleanUp.run);

const PATH = '/api-ws/v1/inference';
const as = (key: string) => ({
  headers: { authorization: `bearer ${key}`, 'x-dashscope-workspace': 'ws-1' },
});
const proxied = (path = PATH): Promise<WebSocketClient> =>
  openWebSocket(`ws://127.0.0.1:${gateway.port}${path}`, as(KEY));
const direct = (): Promise<WebSocketClient> =>
  openWebSocket(`${platform.url.replace('http', 'ws')}${PATH}`, as(platform.apiKey));

const told = ({ messages }: WebSocketClient) =>
  messages.map((message) => (message.binary ? message.bytes : jsonOf(message)));

describe("DashScope's speech through the gateway", () => {
  it('brings every byte of the audio, in the same order as directly', async () => {
    const [here, there] = [await proxied(), await direct()];
    for (const client of [here, there]) await speak(client, 'task-1', TEXTS);
    expect(told(here)).toEqual(told(there));
    expect(audioIn(here).equals(Buffer.concat(TEXTS.map(audioOf)))).toBe(true);
    const sizes = here.messages.filter(({ binary }) => binary).map(({ bytes }) => bytes.length);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([418, 2926]);
    for (const client of [here, there]) await client.leave();
  });

  it.each([1024, 12_800])(
    'brings nine results of recognition in order, from messages of %i bytes',
    async (chunk) => {
      const [here, there] = [await proxied(), await direct()];
      for (const client of [here, there]) await recognise(client, 'task-2', AUDIO, chunk);
      expect(told(here)).toEqual(told(there));
      const results = here.messages.filter(isEvent('result-generated', 'task-2')).map(jsonOf);
      expect(results).toHaveLength(9);
      expect(results.map(({ payload }) => payload.usage?.duration)).toEqual([
        ...[undefined, undefined, 3],
        ...[undefined, undefined, 5],
        ...[undefined, undefined, 8],
      ]);
      expect(told(here).at(-1)).toMatchObject({ payload: { output: {} } });
      for (const client of [here, there]) await client.leave();
    },
  );

  it('takes both spellings of the path as they came', async () => {
    const before = platform.sessions.length;
    for (const path of [PATH, `${PATH}/`]) await (await proxied(path)).leave();
    expect(platform.sessions.slice(before).map(({ url }) => url.pathname)).toEqual([PATH, `${PATH}/`]);
  });
});

describe("a client of DashScope's speech", () => {
  it("shows the platform the channel's key and the client's headers, never the Proxy-Key", async () => {
    const before = platform.sessions.length;
    await (await proxied()).leave();
    const { handshake } = platform.sessions[before] ?? expect.fail('no session');
    expect(handshake.headers.authorization).toBe(`Bearer ${platform.apiKey}`);
    expect(handshake.headers['x-dashscope-workspace']).toBe('ws-1');
    expect(JSON.stringify(handshake)).not.toContain(KEY);
  });

  it('refuses a channel key that a client offers, and tells the platform nothing', async () => {
    const before = platform.handshakes.length;
    const url = `ws://127.0.0.1:${gateway.port}${PATH}`;
    const refusal = await refusedWebSocket(url, as(platform.apiKey));
    expect([refusal.status, JSON.parse(refusal.body).code]).toEqual([401, 'InvalidApiKey']);
    expect(platform.handshakes).toHaveLength(before);
  });

  it('brings a failed task and the close that follows it', async () => {
    const client = await proxied();
    client.event(runSynthesis('task-3', 'fail-cosyvoice'));
    await client.until(isEvent('task-started', 'task-3'));
    client.event({
      header: { action: 'continue-task', task_id: 'task-3' },
      payload: { input: { text: '你好' } },
    });
    expect(await client.closed).toEqual({ code: 1007, reason: 'task failed' });
    expect(told(client).at(-1)).toEqual({
      header: {
        task_id: 'task-3',
        event: 'task-failed',
        error_code: 'CLIENT_ERROR',
        error_message: 'request timeout after 23 seconds.',
        attributes: {},
      },
      payload: {},
    });
  });

  it('holds a conversation at the realtime path, which the canonical one leads to as well', async () => {
    const before = platform.sessions.length;
    for (const path of [
      '/api-ws/v1/realtime?model=qwen-omni-turbo-realtime',
      '/v1/realtime?model=qwen-omni',
    ]) {
      const client = await proxied(path);
      await client.until((message) => jsonOf(message).type === 'session.created');
      await client.leave();
    }
    expect(platform.sessions.slice(before).map(({ handshake }) => handshake.url)).toEqual([
      '/api-ws/v1/realtime?model=qwen-omni-turbo-realtime',
      '/api-ws/v1/realtime?model=qwen-omni',
    ]);
  });
});

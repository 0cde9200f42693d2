import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { continueTask, finishTask, runSynthesis } from '../support/dashscope-client.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import type { SeenMessage } from '../support/stand-ins/realtime-platform.ts';
import { startWebSocketStandIn, type WebSocketStandIn } from '../support/stand-ins/websocket.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { openWebSocket, refusedWebSocket, type WebSocketClient } from '../support/websocket-client.ts';

const KEY = 'pk-restricted';
const PERMITTED = 'cosyvoice-v2';
const OTHER = 'qwen-tts-expensive';
const INFERENCE = '/api-ws/v1/inference';
const REALTIME = `/v1/realtime?model=${PERMITTED}`;
const LIVE = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';

const cleanUp = createCleanUp();
let platform: WebSocketStandIn;
let gateway: Gateway;
/** What the platform got in the present session. */
let received: SeenMessage[] = [];
let logged = 0;
beforeAll(async () => {
  platform = cleanUp.closing(
    await startWebSocketStandIn({
      serve(socket) {
        received = [];
        const own = received;
        socket.on('message', (data, binary) => {
          own.push({ binary, bytes: Buffer.from(data as Buffer) });
          socket.send('heard');
        });
      },
    }),
  );
  const channel = (platformId: string, priority: number) =>
    aChannel(platformId, platform.url, `channel-key-${platformId}`, { priority });
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY, { models: ['cosyvoice-*', 'gemini-live-*'] }) },
        channels: {
          openai: channel('openai', 1),
          dashscope: channel('dashscope', 2),
          gemini: channel('gemini', 3),
        },
      }),
    ),
  );
});
afterAll(cleanUp.run);

const url = (path: string) => `ws://127.0.0.1:${gateway.port}${path}`;
const bearer = { headers: { authorization: `Bearer ${KEY}` } };
const open = (path: string): Promise<WebSocketClient> => openWebSocket(url(path), bearer);

async function nextLine() {
  logged += 1;
  const lines = await gateway.lines(logged);
  return lines[logged - 1];
}

/** A client's part: each string or buffer is one message; an array is the fragments of one. */
type Sends = readonly (string | Buffer | readonly string[])[];

function send({ socket }: WebSocketClient, sends: Sends): void {
  for (const message of sends) {
    if (typeof message === 'string' || Buffer.isBuffer(message)) socket.send(message);
    else
      message.forEach((part, at) => {
        socket.send(part, { fin: at === message.length - 1, binary: false });
        // A control frame may stand between two fragments; it keeps its place.
        socket.ping(`between ${at}`);
      });
  }
}

const whole = (sends: Sends): string[] =>
  sends.map((message) => (Array.isArray(message) ? message.join('') : String(message)));

const run = JSON.stringify(runSynthesis('one', PERMITTED));
const runOther = JSON.stringify(runSynthesis('one', OTHER));
const cut = (text: string): string[] => [text.slice(0, 30), text.slice(30, 31), text.slice(31)];
const speech: Sends = [
  run,
  JSON.stringify(continueTask('one', 'a model of "model": courtesy')),
  Buffer.from([0xff, 0xf3, 0, 1]),
  JSON.stringify(finishTask('one')),
];

describe('a session of a key that may use certain models', () => {
  it.each<[string, string, Sends]>([
    ['messages that name one of them', INFERENCE, speech],
    ['several tasks', INFERENCE, [...speech, run.replace(PERMITTED, 'cosyvoice-v3')]],
    ['fragments', INFERENCE, [cut(run), ['{"header":', '{}}']]],
    ['a binary message that names one', INFERENCE, [Buffer.from(run)]],
    ['the setup of a live session', LIVE, ['{"setup":{"model":"models/gemini-live-2"}}']],
    ['a session that is updated to another of them', REALTIME, ['{"session":{"model":"cosyvoice-v3"}}']],
    [
      'the tools of a session, a parameter of which is called model',
      REALTIME,
      [
        `{"type":"session.update","session":{"model":"${PERMITTED}","tools":[{"type":"function","parameters":{"properties":{"model":{"type":"string"}}}}]}}`,
      ],
    ],
    [
      'what a tool answered about a model',
      LIVE,
      [
        '{"setup":{"model":"models/gemini-live-2","tools":[{"functionDeclarations":[{"parameters":{"properties":{"model":{}}}}]}]}}',
        '{"toolResponse":{"functionResponses":[{"response":{"model":"T"}}]}}',
      ],
    ],
    [
      'a task whose input has a model of its own',
      INFERENCE,
      [run.replace('"input":{}', '"input":{"model":7}')],
    ],
    ['text about other models', INFERENCE, [run, JSON.stringify(continueTask('one', `"model":"${OTHER}"`))]],
  ])('brings %s to the platform unchanged and in order', async (_, path, sends) => {
    const client = await open(path);
    send(client, sends);
    await client.until(() => client.messages.length === sends.length);
    expect(received.map(({ bytes }) => String(bytes))).toEqual(whole(sends));
    expect(received.map(({ binary }) => binary)).toEqual(sends.map((message) => Buffer.isBuffer(message)));
    await client.leave();
    expect(await nextLine()).toMatchObject({ outcome: 'success', messages_in: sends.length });
  });
});

describe('such a session', () => {
  it.each<[string, string, Sends]>([
    ['plainly', INFERENCE, [runOther]],
    ['in fragments', INFERENCE, [cut(runOther)]],
    ['in a binary message', INFERENCE, [Buffer.from(runOther)]],
    ['in a member whose name is escaped', INFERENCE, [runOther.replace('"model"', '"mod\\u0065l"')]],
    ['in a second member', INFERENCE, [run.replace('"model"', `"model":"${OTHER}","model"`)]],
    ['in a second member, escaped', INFERENCE, [run.replace('"model"', `"m\\u006fdel":"${OTHER}","model"`)]],
    ['in a member of another case', INFERENCE, [runOther.replace('"model"', '"Model"')]],
    ['as something that is no text', INFERENCE, [run.replace(`"${PERMITTED}"`, `["${OTHER}"]`)]],
    ['in what is not quite JSON', INFERENCE, [`${runOther},`]],
    ['behind a byte order mark', INFERENCE, [`\ufeff${runOther}`]],
    ['in the setup of a live session', LIVE, ['{"setup":{"model":"models/gemini-pro-live"}}']],
    ['in an update of the session', REALTIME, [`{"type":"session.update","session":{"model":"${OTHER}"}}`]],
    [
      'for the transcription alone',
      REALTIME,
      [`{"session":{"audio":{"input":{"transcription":{"model":"${OTHER}"}}}}}`],
    ],
    ['in more than can be judged', INFERENCE, [runOther.padEnd(1_100_000)]],
  ])(
    'is closed with 1008 when a message names another one %s, which the platform never sees',
    async (...one) => {
      const [, path, sends] = one;
      const client = await open(path);
      client.socket.send('{"first":1}');
      await client.until(() => client.messages.length === 1);
      send(client, sends);
      expect(await client.closed).toEqual({ code: 1008, reason: 'model_not_permitted' });
      expect(received.map(({ bytes }) => String(bytes))).toEqual(['{"first":1}']);
      expect(await nextLine()).toMatchObject({
        status: 101,
        outcome: 'client_error',
        error_code: 'model_not_permitted',
      });
    },
  );

  it.each([
    ['another model', `/v1/realtime?model=${OTHER}`, 403],
    ['two models', `${REALTIME}&model=${OTHER}`, 403],
    ['another deployment', `/channels/openai/openai/realtime?deployment=${OTHER}`, 403],
    ['no model', '/v1/realtime', 400],
  ])('does not begin where its query names %s', async (_, path, status) => {
    const before = platform.handshakes.length;
    expect((await refusedWebSocket(url(path), bearer)).status).toBe(status);
    expect(platform.handshakes).toHaveLength(before);
    expect(await nextLine()).toMatchObject({ status, protocol: 'websocket', user: 'ann' });
  });
});

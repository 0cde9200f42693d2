import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { isEvent, recognise, runSynthesis, speak } from '../support/dashscope-client.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startDashScopeSpeech } from '../support/stand-ins/dashscope-speech.ts';
import { charactersOf } from '../support/stand-ins/dashscope-speech-synthesis.ts';
import { mp3Frame } from '../support/stand-ins/mp3-frames.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { jsonOf, openWebSocket, type WebSocketClient } from '../support/websocket-client.ts';

const KEY = 'pk-of-ann';
const TEXTS = ['今天天气怎么样？', 'It is raining.'];
const AUDIO = Buffer.concat(Array.from({ length: 138 }, (_, at) => mp3Frame(`spoken ${at}`)));

const cleanUp = createCleanUp();
let speech: RealtimeStandIn;
let realtime: RealtimeStandIn;
let gateway: Gateway;
let logged = 0;
beforeAll(async () => {
  speech = cleanUp.closing(await startDashScopeSpeech());
  realtime = cleanUp.closing(await startOpenAiRealtime());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: {
          dashscope: aChannel('dashscope', speech.url, speech.apiKey, { priority: 2 }),
          openai: aChannel('openai', realtime.url, realtime.apiKey, { priority: 1 }),
        },
      }),
    ),
  );
});
afterAll(cleanUp.run);

const open = (path: string): Promise<WebSocketClient> =>
  openWebSocket(`ws://127.0.0.1:${gateway.port}${path}`, { headers: { authorization: `Bearer ${KEY}` } });
const speaking = () => open('/api-ws/v1/inference');
const conversing = () => open('/v1/realtime?model=gpt-realtime');

async function nextLine() {
  logged += 1;
  const lines = await gateway.lines(logged);
  return lines[logged - 1] ?? expect.fail('no line');
}

const characters = (texts: readonly string[]) => texts.reduce((sum, text) => sum + charactersOf(text), 0);

describe('the record of a speech session', () => {
  it('has the last total of characters of each task, added up over the tasks of one connection', async () => {
    const client = await speaking();
    await speak(client, 'one', TEXTS);
    await speak(client, 'two', ['再说一次']);
    await client.leave();
    const line = await nextLine();
    expect(line).toMatchObject({
      user: 'ann',
      key_id: 'ann-1',
      channel: 'dashscope',
      protocol: 'websocket',
      endpoint: '/api-ws/v1/inference',
      status: 101,
      outcome: 'success',
      error_code: null,
      model: 'cosyvoice-v2',
      characters: characters([...TEXTS, '再说一次']),
      seconds: null,
      tokens_in: null,
      messages_in: 7,
    });
    expect(line).toMatchObject({ characters: speech.sessions.at(-1)?.usage.characters });
    expect(line.messages_out).toBe(speech.sessions.at(-1)?.sent.length);
  });

  it('has the seconds recognised, and the bytes of both directions', async () => {
    const client = await speaking();
    await recognise(client, 'one', AUDIO, 1024);
    await client.leave();
    const { bytes_in, bytes_out, ...line } = await nextLine();
    expect(line).toMatchObject({ model: 'paraformer-realtime-v2', seconds: 8, characters: null });
    // Frames have heads; those of a client are masked.
    const sent = speech.sessions.at(-1)?.sent ?? [];
    expect(bytes_in).toBeGreaterThan(AUDIO.length);
    expect(bytes_out).toBeGreaterThan(sent.reduce((sum, { bytes }) => sum + bytes.length, 0));
  });

  it('counts what a task had used when the client left in the middle of it', async () => {
    const client = await speaking();
    client.event(runSynthesis('one'));
    await client.until(isEvent('task-started', 'one'));
    client.event({
      header: { action: 'continue-task', task_id: 'one' },
      payload: { input: { text: 'abc' } },
    });
    await client.until(({ binary, bytes }) => !binary && String(bytes).includes('"usage"'));
    client.socket.terminate();
    expect(await nextLine()).toMatchObject({ status: 101, outcome: 'partial', characters: 3 });
  });

  it('has the code and the message of a task that failed', async () => {
    const client = await speaking();
    client.event({ ...runSynthesis('one', 'fail-cosyvoice') });
    await client.until(isEvent('task-started', 'one'));
    client.event({
      header: { action: 'continue-task', task_id: 'one' },
      payload: { input: { text: 'abc' } },
    });
    await client.closed;
    expect(await nextLine()).toMatchObject({
      status: 101,
      outcome: 'platform_error',
      error_code: 'CLIENT_ERROR',
      error_message: 'request timeout after 23 seconds.',
      model: 'fail-cosyvoice',
    });
  });
});

/** Answers twice, and transcribes once by seconds and once by tokens. */
async function converse(client: WebSocketClient): Promise<void> {
  const isDone = (count: number) => () =>
    client.messages.filter((message) => jsonOf(message).type === 'response.done').length === count;
  const isTranscribed = (count: number) => () =>
    client.messages.filter((message) => jsonOf(message).type.endsWith('transcription.completed')).length ===
    count;
  for (const [at, model] of ['whisper-1', 'gpt-transcribe'].entries()) {
    const audio = { input: { transcription: { model } } };
    client.event({
      type: 'session.update',
      session: { type: 'realtime', output_modalities: ['text'], audio },
    });
    client.event({ type: 'input_audio_buffer.append', audio: 'AAAA' });
    client.event({ type: 'input_audio_buffer.commit' });
    await client.until(isTranscribed(at + 1));
    client.event({ type: 'conversation.item.create', item: { content: [{ text: `Question ${at}` }] } });
    client.event({ type: 'response.create' });
    await client.until(isDone(at + 1));
  }
}

describe('the record of a realtime session', () => {
  it('has the tokens of every answer and transcription, and the seconds of those told by duration', async () => {
    const client = await conversing();
    await converse(client);
    await client.leave();
    const { usage } = realtime.sessions.at(-1) ?? expect.fail('no session');
    expect(usage).toMatchObject({ seconds: 2.5, tokens_in: 2 * 10 + 12 });
    expect(await nextLine()).toMatchObject({
      channel: 'openai',
      model: 'gpt-realtime',
      outcome: 'success',
      tokens_in: usage.tokens_in,
      tokens_out: usage.tokens_out,
      tokens_cached: usage.tokens_cached,
      seconds: 2.5,
      messages_in: 10,
    });
  });

  it('has the error that the platform told, as that of the client whose event was invalid', async () => {
    const client = await conversing();
    client.event({ type: 'dance' });
    await client.until((message) => jsonOf(message).type === 'error');
    await client.leave();
    expect(await nextLine()).toMatchObject({
      status: 101,
      outcome: 'client_error',
      error_code: 'invalid_value',
    });
  });
});

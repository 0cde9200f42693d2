import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, startBrowser, withoutBrowser } from '../support/browser.ts';
import type { BrowserPage } from '../support/browser-page.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { finishTask, runSynthesis } from '../support/dashscope-client.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startDashScopeSpeech } from '../support/stand-ins/dashscope-speech.ts';
import { audioOf } from '../support/stand-ins/dashscope-speech-synthesis.ts';
import { MP3_FRAME_SAMPLES, MP3_SAMPLE_RATE } from '../support/stand-ins/mp3-frames.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const KEY = 'pk-of-ann';
const PROMPT = 'Tell me of the sea';
const TEXT = 'It is raining, and tomorrow it will rain again.';

const cleanUp = createCleanUp();
let openai: RealtimeStandIn;
let speech: RealtimeStandIn;
let gateway: Gateway;
let browser: Browser;
let page: BrowserPage;

/** A page of another site: an application that talks to the gateway. */
async function startSite(): Promise<string> {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>An application</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on TCP has an address of this kind.
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

beforeAll(async () => {
  if (withoutBrowser) return;
  openai = cleanUp.closing(await startOpenAiRealtime());
  speech = cleanUp.closing(await startDashScopeSpeech());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: {
          openai: aChannel('openai', openai.url, openai.apiKey, { priority: 1 }),
          voice: aChannel('dashscope', speech.url, speech.apiKey, { priority: 2 }),
        },
      }),
    ),
  );
  browser = cleanUp.closing(await startBrowser());
  page = await browser.open(await startSite());
});
afterAll(cleanUp.run);

/** What the page does: opens a socket as browsers can, sends, and gathers what comes until it is told enough. */
const inPage = (path: string, protocols: readonly string[], sends: readonly object[], isLast: string) => `
  new Promise((resolve) => {
    const socket = new WebSocket(${JSON.stringify(`ws://127.0.0.1:${gateway.port}${path}`)}, ${JSON.stringify(protocols)});
    socket.binaryType = 'arraybuffer';
    const texts = [], audio = [];
    socket.onopen = () => { for (const one of ${JSON.stringify(sends)}) socket.send(JSON.stringify(one)); };
    socket.onmessage = ({ data }) => {
      if (typeof data !== 'string') { audio.push(new Uint8Array(data)); return; }
      texts.push(data);
      if (data.includes(${JSON.stringify(isLast)})) socket.close(1000);
    };
    socket.onclose = async ({ code }) => {
      const bytes = new Uint8Array(await new Blob(audio).arrayBuffer());
      const digest = bytes.length === 0 ? [] : [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
      const played = bytes.length === 0 ? null
        : await new OfflineAudioContext(1, 1, ${MP3_SAMPLE_RATE}).decodeAudioData(bytes.slice().buffer);
      resolve({ code, protocol: socket.protocol, extensions: socket.extensions, texts, digest, samples: played && played.length });
    };
  })`;

interface Seen {
  readonly code: number;
  readonly protocol: string;
  readonly extensions: string;
  readonly texts: readonly string[];
  readonly digest: readonly number[];
  /** Of the audio as the browser's own decoder read it. */
  readonly samples: number | null;
}

async function seen(script: string): Promise<Seen> {
  // What the script above resolves with.
  return (await page.evaluate(script)) as Seen;
}

const withKey = (key: string) => ['realtime', `openai-insecure-api-key.${key}`];

async function digestOf(bytes: Buffer): Promise<number[]> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))];
}

describe.skipIf(withoutBrowser)('a browser', () => {
  it('holds a realtime conversation with its key among the subprotocols', async () => {
    const modalities = { type: 'realtime', output_modalities: ['text'] };
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: PROMPT }] };
    const sends = [
      { type: 'session.update', session: modalities },
      { type: 'conversation.item.create', item },
      { type: 'response.create' },
    ];
    const script = inPage('/v1/realtime?model=gpt-realtime', withKey(KEY), sends, 'response.done');
    const { code, protocol, extensions, texts } = await seen(script);
    expect({ code, protocol, extensions }).toEqual({ code: 1000, protocol: 'realtime', extensions: '' });
    const deltas = texts
      .map((text) => JSON.parse(text))
      .filter(({ type }) => type.endsWith('output_text.delta'));
    expect(deltas.map(({ delta }) => delta)).toEqual(replyTo(PROMPT).pieces);
    const { handshake } = openai.sessions.at(-1) ?? expect.fail('no session');
    expect(handshake.headers['sec-websocket-protocol']).toBe('realtime');
    expect(handshake.headers.authorization).toBe(`Bearer ${openai.apiKey}`);
    expect(handshake.headers['sec-websocket-extensions']).toBeUndefined();
    expect(JSON.stringify(handshake)).not.toContain(KEY);
    const [line] = await gateway.lines(1);
    expect(line).toMatchObject({ user: 'ann', channel: 'openai', status: 101, outcome: 'success' });
  });

  it('has a text spoken, in audio that its own decoder plays', async () => {
    const text = { header: { action: 'continue-task', task_id: 'one' }, payload: { input: { text: TEXT } } };
    const sends = [runSynthesis('one'), text, finishTask('one')];
    const script = inPage('/api-ws/v1/inference', withKey(KEY), sends, 'task-finished');
    const { digest, samples } = await seen(script);
    const sent = audioOf(TEXT);
    expect(digest).toEqual(await digestOf(sent));
    const frames = sent.length / 418;
    // Decoders leave out what the encoder's delay put in front, a frame or two.
    expect(Math.abs((samples ?? 0) - frames * MP3_FRAME_SAMPLES)).toBeLessThanOrEqual(4 * MP3_FRAME_SAMPLES);
  });

  it('is refused with a key of the channel, and with none', async () => {
    const before = openai.handshakes.length;
    for (const protocols of [withKey(openai.apiKey), ['realtime']]) {
      const { code, texts } = await seen(inPage('/v1/realtime?model=gpt-realtime', protocols, [], 'x'));
      expect([code, texts]).toEqual([1006, []]);
    }
    expect(openai.handshakes).toHaveLength(before);
    expect((await gateway.lines(4)).slice(2)).toEqual([
      expect.objectContaining({ status: 401, error_code: 'invalid_proxy_key' }),
      expect.objectContaining({ status: 401, error_code: 'missing_proxy_key' }),
    ]);
  });
});

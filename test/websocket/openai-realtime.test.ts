import { once } from 'node:events';
import OpenAI, { AzureOpenAI } from 'openai';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import { pcmOf } from '../support/stand-ins/openai-realtime-events.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { certificateFiles, trust } from '../support/trusted.ts';

const KEY = 'pk-of-ann';
const PROMPT = 'Tell me of the sea, please';

const cleanUp = createCleanUp();
let platform: RealtimeStandIn;
let azure: RealtimeStandIn;
let gateway: Gateway;
let logged = 0;

/** The official client speaks nothing but `wss:`, so the gateway has a certificate here. */
beforeAll(async () => {
  const certificate = selfSigned('proxy');
  trust(cleanUp, [certificate]);
  platform = cleanUp.closing(await startOpenAiRealtime());
  azure = cleanUp.closing(await startOpenAiRealtime({ apiKey: 'channel-key-azure' }));
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: {
          openai: aChannel('openai', platform.url, platform.apiKey, { priority: 1 }),
          azure: aChannel('azure', azure.url, azure.apiKey, { priority: 2 }),
        },
        system: { proxy: { tls: await certificateFiles(cleanUp, certificate) } },
      }),
    ),
  );
});
afterAll(cleanUp.run);

const client = (): OpenAI => new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: KEY });

/** What both clients of the SDK have. */
interface Conversation {
  on(name: 'event', listener: (event: RealtimeServerEvent) => void): unknown;
  on(name: 'error', listener: (error: unknown) => void): unknown;
  send: OpenAIRealtimeWS['send'];
  close(): void;
}

/** Asks once and closes. @returns the events until the answer was done */
async function converse(open: Conversation, modality: 'text' | 'audio'): Promise<RealtimeServerEvent[]> {
  const events: RealtimeServerEvent[] = [];
  const done = Promise.withResolvers<void>();
  open.on('error', done.reject);
  open.on('event', (event) => {
    events.push(event);
    if (event.type === 'session.created') {
      open.send({ type: 'session.update', session: { type: 'realtime', output_modalities: [modality] } });
      const content = [{ type: 'input_text' as const, text: PROMPT }];
      open.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
      open.send({ type: 'response.create' });
    }
    if (event.type === 'response.done') done.resolve();
  });
  await done.promise;
  open.close();
  return events;
}

const deltas = (events: readonly RealtimeServerEvent[], type: string): string[] =>
  events.flatMap((event) => (event.type === type && 'delta' in event ? [event.delta] : []));

async function nextLine() {
  logged += 1;
  const lines = await gateway.lines(logged);
  return lines[logged - 1];
}

const session = ({ sessions }: RealtimeStandIn, at = -1) => sessions.at(at) ?? expect.fail('no session');

describe("OpenAI's own client for Node", () => {
  it('holds a conversation of text', async () => {
    const events = await converse(new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client()), 'text');
    expect(deltas(events, 'response.output_text.delta')).toEqual(replyTo(PROMPT).pieces);
    const { handshake } = session(platform);
    expect(handshake.url).toBe('/v1/realtime?model=gpt-realtime');
    expect(handshake.headers.authorization).toBe(`Bearer ${platform.apiKey}`);
    expect(JSON.stringify(handshake)).not.toContain(KEY);
    const { tokens_in, tokens_out } = replyTo(PROMPT).usage;
    expect(await nextLine()).toMatchObject({
      user: 'ann',
      channel: 'openai',
      status: 101,
      outcome: 'success',
      model: 'gpt-realtime',
      tokens_in,
      tokens_out,
      messages_in: 3,
    });
  });

  it('holds a conversation of audio, every byte of it as it was sent', async () => {
    const events = await converse(new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client()), 'audio');
    const audio = deltas(events, 'response.output_audio.delta').map((delta) => Buffer.from(delta, 'base64'));
    expect(audio).toEqual(replyTo(PROMPT).pieces.map(pcmOf));
    const sent = session(platform).sent.map(({ bytes }) => JSON.parse(String(bytes)));
    expect(events).toEqual(sent);
    await nextLine();
  });

  it("tells of an error of the platform in the platform's words", async () => {
    const open = new OpenAIRealtimeWS({ model: 'gpt-realtime' }, client());
    await once(open.socket, 'open');
    const failed = new Promise((resolve) => open.on('error', resolve));
    open.socket.send('{"type":"dance"}');
    expect(await failed).toMatchObject({
      error: { code: 'invalid_value', message: "Invalid value: 'dance'." },
    });
    open.close();
    expect(await nextLine()).toMatchObject({ error_code: 'invalid_value' });
  });

  it('reaches Azure, whose key goes into the header of its own', async () => {
    const asAzure = new AzureOpenAI({
      baseURL: `${gateway.proxyUrl}/channels/azure/openai`,
      apiKey: KEY,
      apiVersion: '2024-10-01-preview',
    });
    const open = await OpenAIRealtimeWS.azure(asAzure, { deploymentName: 'my-realtime' });
    await converse(open, 'text');
    const { handshake } = session(azure);
    expect(handshake.url).toBe('/openai/v1/realtime?model=my-realtime');
    expect([handshake.headers['api-key'], handshake.headers.authorization]).toEqual([
      azure.apiKey,
      undefined,
    ]);
    expect(await nextLine()).toMatchObject({ channel: 'azure', model: 'my-realtime', outcome: 'success' });
  });
});

describe("OpenAI's own client for browsers", () => {
  it('brings its key as a subprotocol, and gets the one it asked for', async () => {
    const open = new OpenAIRealtimeWebSocket(
      { model: 'gpt-realtime', dangerouslyAllowBrowser: true },
      client(),
    );
    const events = await converse(open, 'text');
    expect(open.socket.protocol).toBe('realtime');
    expect(deltas(events, 'response.output_text.delta').join('')).toBe(replyTo(PROMPT).text);
    const { headers } = session(platform).handshake;
    expect(headers['sec-websocket-protocol']).toBe('realtime');
    expect(headers.authorization).toBe(`Bearer ${platform.apiKey}`);
    expect(JSON.stringify(session(platform).handshake)).not.toContain(KEY);
    expect(await nextLine()).toMatchObject({ user: 'ann', status: 101, outcome: 'success' });
  });
});

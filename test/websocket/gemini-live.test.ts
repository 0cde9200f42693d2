import { GoogleGenAI, type LiveServerMessage } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startGeminiLive } from '../support/stand-ins/gemini-live.ts';
import type { RealtimeStandIn } from '../support/stand-ins/realtime-platform.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { refusedWebSocket } from '../support/websocket-client.ts';

const KEY = 'pk-of-ann-12';
const MODEL = 'gemini-live-stand-in';

const cleanUp = createCleanUp();
let platform: RealtimeStandIn;
let gateway: Gateway;
let logged = 0;
beforeAll(async () => {
  platform = cleanUp.closing(await startGeminiLive());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { 'ann-1': aKey('ann', KEY) },
        channels: { gemini: aChannel('gemini', platform.url, platform.apiKey) },
      }),
    ),
  );
});
afterAll(cleanUp.run);

async function nextLine() {
  logged += 1;
  const lines = await gateway.lines(logged);
  return lines[logged - 1];
}

/** Google's own client, pointed here, after some turns. @returns the text of each */
async function talk(prompts: readonly string[], model = MODEL): Promise<string[]> {
  const ai = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: gateway.proxyUrl } });
  let turn = Promise.withResolvers<void>();
  const texts: string[] = [];
  const onmessage = ({ serverContent }: LiveServerMessage): void => {
    const at = texts.length - 1;
    for (const { text = '' } of serverContent?.modelTurn?.parts ?? []) texts[at] += text;
    if (serverContent?.turnComplete === true) turn.resolve();
  };
  const session = await ai.live.connect({ model, callbacks: { onmessage } });
  for (const prompt of prompts) {
    texts.push('');
    turn = Promise.withResolvers();
    session.sendClientContent({ turns: prompt, turnComplete: true });
    await turn.promise;
  }
  session.close();
  return texts;
}

describe("Google's own client of Gemini Live", () => {
  it("holds a conversation with the channel's key in the query", async () => {
    const prompts = ['Who are you?', 'And who am I, do you think?'];
    const replies = prompts.map(replyTo);
    expect(await talk(prompts)).toEqual(replies.map(({ text }) => text));
    const { handshake } = platform.sessions.at(-1) ?? expect.fail('no session');
    expect(handshake.url).toMatch(
      /^\/ws\/google\.ai\.generativelanguage\.v1(?:alpha|beta)?\.GenerativeService\.BidiGenerateContent\?key=channel-key-gemini$/,
    );
    expect(handshake.headers['x-goog-api-key']).toBeUndefined();
    expect(JSON.stringify(handshake)).not.toContain(KEY);
    const sum = (name: 'tokens_in' | 'tokens_out' | 'tokens_reasoning') =>
      replies.reduce((total, { usage }) => total + usage[name], 0);
    expect(await nextLine()).toMatchObject({
      user: 'ann',
      channel: 'gemini',
      dialect: 'gemini',
      endpoint: '/ws/google.ai.generativelanguage',
      status: 101,
      outcome: 'success',
      model: MODEL,
      messages_in: 3,
      tokens_in: sum('tokens_in'),
      tokens_out: sum('tokens_out'),
      tokens_reasoning: sum('tokens_reasoning'),
    });
  });

  it("is told of the platform's close, which is recorded as its error", async () => {
    await expect(talk(['Hello?'], 'unknown')).rejects.toThrow(/1008.*models\/unknown is not found/);
    expect(await nextLine()).toMatchObject({
      outcome: 'platform_error',
      error_code: 'websocket_close_1008',
      error_message: 'models/unknown is not found',
    });
  });

  it('never has its key in the log, which keeps the path', async () => {
    await talk(['Hello?']);
    const { path } = (await nextLine()) ?? expect.fail('no line');
    expect(path).toContain('BidiGenerateContent');
    expect(path).not.toContain(KEY);
  });

  it('may not bring a key of the channel', async () => {
    const before = platform.handshakes.length;
    const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
    const url = `ws://127.0.0.1:${gateway.port}${path}?key=${platform.apiKey}`;
    expect((await refusedWebSocket(url)).status).toBe(401);
    expect(platform.handshakes).toHaveLength(before);
    expect(await nextLine()).toMatchObject({ error_code: 'invalid_proxy_key' });
  });
});

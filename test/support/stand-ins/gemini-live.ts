import type { IncomingMessage } from 'node:http';
import {
  memberOf,
  type RealtimeOptions,
  type RealtimeSession,
  type RealtimeStandIn,
  type SeenMessage,
  startRealtimePlatform,
} from './realtime-platform.ts';
import { replyTo, textIn } from './reply.ts';

const BIDI =
  /^\/+ws\/google\.ai\.generativelanguage\.v1(?:alpha|beta)?\.GenerativeService\.BidiGenerateContent$/;

/** The key in the query, where Google's SDKs put it, and any in a header. */
function keysOf({ url = '', headers }: IncomingMessage): readonly string[] {
  const inHeader = [headers['x-goog-api-key'] ?? []].flat();
  return [...new URL(url.replace(/^\/+/, '/'), 'http://stand-in').searchParams.getAll('key'), ...inHeader];
}

/** A turn: its pieces, the end of generation, the end of the turn with what it used. Gemini sends JSON in binary frames. */
function answer(session: RealtimeSession, prompt: string): void {
  const tell = (event: object): void => session.audio(Buffer.from(JSON.stringify(event)));
  const { pieces, usage } = replyTo(prompt);
  session.uses(usage);
  for (const text of pieces) tell({ serverContent: { modelTurn: { role: 'model', parts: [{ text }] } } });
  tell({ serverContent: { generationComplete: true } });
  tell({
    serverContent: { turnComplete: true },
    usageMetadata: {
      promptTokenCount: usage.tokens_in,
      responseTokenCount: usage.tokens_out - usage.tokens_reasoning,
      thoughtsTokenCount: usage.tokens_reasoning,
      cachedContentTokenCount: usage.tokens_cached,
      totalTokenCount: usage.tokens_in + usage.tokens_out,
    },
  });
}

function live(session: RealtimeSession): (message: SeenMessage) => void {
  return ({ bytes }) => {
    const message: unknown = JSON.parse(String(bytes));
    if (Object.hasOwn(Object(message), 'setup')) {
      if (memberOf(message, 'setup').model === 'models/unknown')
        session.close(1008, 'models/unknown is not found');
      else session.audio(Buffer.from('{"setupComplete":{}}'));
    }
    const content = memberOf(message, 'clientContent');
    if (content.turnComplete === true) answer(session, turnText(content.turns));
  };
}

const turnText = (turns: unknown): string => textIn({ content: turns });

/** Starts a stand-in for Gemini Live. */
export function startGeminiLive(options: RealtimeOptions = {}): Promise<RealtimeStandIn> {
  return startRealtimePlatform(
    {
      keysOf,
      refusal: { error: { code: 401, message: 'API key not valid.', status: 'UNAUTHENTICATED' } },
      refuse: ({ pathname }) => (BIDI.test(pathname) ? null : { status: 404, body: '{}' }),
      serve: live,
    },
    options,
    'channel-key-gemini',
  );
}

import { startOpenAiRealtime } from './openai-realtime.ts';
import { type CallSignalling, callSignalling } from './openai-realtime-calls.ts';
import { realtimeConversation } from './openai-realtime-events.ts';
import type { RealtimeStandIn } from './realtime-platform.ts';
import { answerOffer, type Conversation, type WebRtcPeer } from './webrtc-peer.ts';

/** A call as the platform has it. */
export interface RealtimeCall extends WebRtcPeer {
  readonly id: string;
  /** What the client said over its data channel, in order. */
  readonly said: readonly string[];
}

/** A stand-in for OpenAI's Realtime API with a real WebRTC peer at its end of each call. */
export interface CallsStandIn extends RealtimeStandIn {
  readonly calls: readonly RealtimeCall[];
  readonly signalling: CallSignalling;
}

/** A body that is the offer, or a form with it as the part `sdp`. */
async function offerIn(body: Buffer, type: string): Promise<string> {
  if (type === 'application/sdp') return String(body);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const part = form.get('sdp');
  return typeof part === 'string' ? part : ((await part?.text()) ?? '');
}

/** OpenAI's events, over a data channel. @param said gets what the client says */
const talk =
  (said: string[]): Conversation =>
  (send) => {
    const take = realtimeConversation({
      url: new URL('http://stand-in/?model=gpt-realtime'),
      event: (event) => send(JSON.stringify(event)),
      uses: () => undefined,
    });
    return (text) => {
      said.push(text);
      take({ binary: false, bytes: Buffer.from(text) });
    };
  };

/** Starts one on a free port. */
export async function startRealtimeCalls(apiKey = 'channel-key-openai'): Promise<CallsStandIn> {
  const calls: RealtimeCall[] = [];
  const signalling = callSignalling({
    apiKey,
    peers: {
      async answer(id, body, type) {
        const said: string[] = [];
        const peer = await answerOffer(await offerIn(body, type), talk(said));
        calls.push({ ...peer, id, said });
        return Buffer.from(peer.answer);
      },
      async hangUp(id) {
        await calls.find((call) => call.id === id)?.hangUp();
      },
    },
  });
  const platform = await startOpenAiRealtime({ apiKey }, signalling);
  return {
    ...platform,
    calls,
    signalling,
    async close() {
      await Promise.all(calls.map((call) => call.close()));
      await platform.close();
    },
  };
}

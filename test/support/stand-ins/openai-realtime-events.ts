import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { memberOf, type RealtimeSession, type SeenMessage } from './realtime-platform.ts';
import { type FullUsage, replyTo, textIn } from './reply.ts';

/** Sends an event under an id of its own; what the type allows is what the official client understands. */
type Tell = (event: DistributiveOmit<RealtimeServerEvent, 'event_id'>) => void;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const AUDIO_OF_A_PIECE = 480;

/** 24 kHz PCM for a piece of the answer: always the same for the same text. */
export function pcmOf(piece: string): Buffer {
  const pcm = Buffer.alloc(AUDIO_OF_A_PIECE);
  for (let at = 0; at < pcm.length; at += 2) pcm.writeInt16LE((piece.length * 997 + at * 31) % 30_000, at);
  return pcm;
}

const usageMember = ({ tokens_in, tokens_out, tokens_cached }: FullUsage) => ({
  total_tokens: tokens_in + tokens_out,
  input_tokens: tokens_in,
  output_tokens: tokens_out,
  input_token_details: { cached_tokens: tokens_cached, text_tokens: tokens_in, audio_tokens: 0 },
  output_token_details: { text_tokens: tokens_out, audio_tokens: 0 },
});

/** One answer: text deltas where text was asked for, else audio with its transcript; then what it used. */
function respond(tell: Tell, prompt: string, modality: 'text' | 'audio', number: number): FullUsage {
  const { pieces, usage, text } = replyTo(prompt);
  const response_id = `resp_${number}`;
  const item_id = `item_answer_${number}`;
  const where = { response_id, item_id, output_index: 0, content_index: 0 };
  const response = { id: response_id, object: 'realtime.response' as const };
  tell({ type: 'response.created', response: { ...response, status: 'in_progress', output: [] } });
  for (const piece of pieces) {
    if (modality === 'text') tell({ type: 'response.output_text.delta', ...where, delta: piece });
    else {
      tell({ type: 'response.output_audio_transcript.delta', ...where, delta: piece });
      tell({ type: 'response.output_audio.delta', ...where, delta: pcmOf(piece).toString('base64') });
    }
  }
  if (modality === 'text') tell({ type: 'response.output_text.done', ...where, text });
  else tell({ type: 'response.output_audio.done', ...where });
  tell({
    type: 'response.done',
    response: { ...response, status: 'completed', output: [], usage: usageMember(usage) },
  });
  return usage;
}

/** What the transcription of committed audio is charged by. */
const charged = (byDuration: boolean) =>
  byDuration
    ? { type: 'duration' as const, seconds: 2.5 }
    : { type: 'tokens' as const, input_tokens: 12, output_tokens: 5, total_tokens: 17 };

/**
 * A conversation as OpenAI's Realtime API holds it (types of the npm package `openai`). Transcriptions by `whisper-…` are
 * charged by their seconds, others by tokens.
 */
export function realtimeConversation(
  session: Pick<RealtimeSession, 'url' | 'event' | 'uses'>,
): (message: SeenMessage) => void {
  let events = 0;
  let responses = 0;
  let prompt = '';
  let modality: 'text' | 'audio' = 'audio';
  let transcribes = '';
  const tell: Tell = (event) => session.event({ event_id: `event_${++events}`, ...event });
  const model = session.url.searchParams.get('model') ?? session.url.searchParams.get('deployment') ?? '';
  const described = () => ({ type: 'realtime' as const, model, output_modalities: [modality] });
  tell({ type: 'session.created', session: described() });

  const update = (changes: unknown): void => {
    const [wanted] = Object.values(memberOf(changes, 'output_modalities'));
    if (wanted === 'text' || wanted === 'audio') modality = wanted;
    const input = memberOf(memberOf(changes, 'audio'), 'input');
    transcribes = String(memberOf(input, 'transcription').model ?? transcribes);
    tell({ type: 'session.updated', session: described() });
  };
  const answer = (): void => {
    const { tokens_in, tokens_out, tokens_cached } = respond(tell, prompt, modality, ++responses);
    session.uses({ tokens_in, tokens_out, tokens_cached });
  };
  const commit = (): void => {
    const byDuration = transcribes.startsWith('whisper-');
    session.uses(byDuration ? { seconds: 2.5 } : { tokens_in: 12, tokens_out: 5 });
    tell({ type: 'input_audio_buffer.committed', item_id: 'item_audio', previous_item_id: null });
    tell({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'item_audio',
      content_index: 0,
      transcript: 'hello there',
      usage: charged(byDuration),
    });
  };
  const refuse = (type: unknown): void =>
    tell({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'invalid_value', message: `Invalid value: '${type}'.` },
    });
  return ({ bytes }) => {
    const event: unknown = JSON.parse(String(bytes));
    const type = memberOf({ event }, 'event').type;
    if (type === 'session.update') update(memberOf(event, 'session'));
    else if (type === 'conversation.item.create') prompt = textIn(memberOf(event, 'item'));
    else if (type === 'response.create') answer();
    else if (type === 'input_audio_buffer.commit') commit();
    else if (type !== 'input_audio_buffer.append') refuse(type);
  };
}

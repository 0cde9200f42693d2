import { NO_USAGE, type Usage } from '../../contract/request-record.ts';
import { mergeUsage, usageIn } from '../usage.ts';
import type { MemberCut } from './json-cut.ts';
import { type DigestListener, JsonDigest } from './json-digest.ts';
import { KeptMembers } from './json-kept.ts';
import type { Metered } from './response-meter.ts';

type Shape = Readonly<Record<string, unknown>>;
const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null;
const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const ERROR = new KeptMembers({ code: 'whole', type: 'whole', message: 'whole', status: 'whole' });
const FINISH = new KeptMembers({ finish_reason: 'whole' });

/** What of an event matters, on all platforms. */
const EVENT = new KeptMembers({
  type: 'whole',
  usage: 'whole',
  usageMetadata: 'whole',
  error: ERROR,
  code: 'whole',
  choices: FINISH,
  delta: new KeptMembers({ stop_reason: 'whole' }),
  candidates: new KeptMembers({ finishReason: 'whole' }),
  output: new KeptMembers({ finish_reason: 'whole', choices: FINISH }),
  message: new KeptMembers({ usage: 'whole' }, true),
  response: new KeptMembers({ usage: 'whole', error: ERROR }),
});

const TERMINAL_TYPES = new Set([
  'message_stop',
  'error',
  'response.completed',
  'response.failed',
  'response.incomplete',
]);

/** What a platform says goes into the request's record: bounded, in UTF-16 units. */
const LONGEST_CODE = 100;
const LONGEST_MESSAGE = 500;

/** Whether the event is an error itself: OpenAI's Responses (`ResponseErrorEvent`), DashScope. */
const isError = ({ type, code, message, output }: Shape): boolean =>
  typeof message === 'string' &&
  (type === 'error' || (type === undefined && typeof code === 'string' && code !== '' && !isShape(output)));

function errorIn(event: Shape): Shape | null {
  if (isShape(event.error)) return event.error;
  if (isShape(event.response) && isShape(event.response.error)) return event.response.error;
  return isError(event) ? event : null;
}

function errorOf(event: Shape): Metered['error'] {
  const error = errorIn(event);
  if (error === null) return null;
  return {
    code: text(error.code, text(error.type, 'error')).slice(0, LONGEST_CODE),
    message: text(error.message, '').slice(0, LONGEST_MESSAGE),
  };
}

/** DashScope says `"null"` while it goes on. */
const isReason = (reason: unknown): boolean => typeof reason === 'string' && reason !== 'null';

const someFinished = (choices: unknown): boolean =>
  listed(choices).some((choice) => isShape(choice) && isReason(choice.finish_reason));

/** Whether the event says why the answer ends: OpenAI, Anthropic, Gemini, DashScope. */
function hasFinish({ choices, delta, candidates, output }: Shape): boolean {
  if (someFinished(choices)) return true;
  if (isShape(delta) && isReason(delta.stop_reason)) return true;
  if (listed(candidates).some((one) => isShape(one) && isReason(one.finishReason))) return true;
  return isShape(output) && (isReason(output.finish_reason) || someFinished(output.choices));
}

/** Whether this event is only the usage that `stream_options.include_usage` adds (OpenAI: empty `choices`). */
const isUsageOnly = ({ choices, usage, error }: Shape): boolean =>
  isShape(usage) && listed(choices).length === 0 && !isShape(error);

const DONE = new TextEncoder().encode('[DONE]');
const LINE_END = new Uint8Array([0x0a]);
const SPACE = 0x20;

/** Reads what a stream's events tell of usage, errors and its end, from their data as it comes. */
export class EventReader implements DigestListener {
  readonly #digest: JsonDigest;
  /** How much of `[DONE]` the event's data has begun with; -1: it is something else. */
  #done = 0;
  #isUsageOnly = false;
  usage: Usage = NO_USAGE;
  /** What all that has come says of the stream's end, and what its whole events do. */
  seen: Metered['progress'] = 'open';
  progress: Metered['progress'] = 'open';
  error: Metered['error'] = null;

  /** @param cut finds the members that are to be cut out of each event, by their offsets in it */
  constructor(cut: MemberCut | null = null) {
    this.#digest = new JsonDigest(EVENT, this, cut);
  }

  /** An event begins. */
  begin(): void {
    this.#digest.restart();
    this.#done = 0;
    this.#isUsageOnly = false;
  }

  /** @param offset of the piece in the event */
  data(bytes: Uint8Array, from: number, until: number, offset: number): void {
    for (let at = from; at < until && this.#done >= 0 && this.#done < DONE.length; at += 1) {
      if (bytes[at] === DONE[this.#done]) this.#done += 1;
      else if (bytes[at] !== SPACE || this.#done > 0) this.#done = -1;
    }
    if (this.#done === DONE.length) this.seen = 'ended';
    this.#digest.push(bytes, from, until, offset);
  }

  /** Another line of data begins. @param offset of it in the event */
  dataGoesOn(offset: number): void {
    this.#digest.push(LINE_END, 0, LINE_END.length, offset);
  }

  /** @returns whether the event holds nothing but the stream's usage */
  end(): boolean {
    this.progress = this.seen;
    return this.#isUsageOnly;
  }

  told(event: Shape): void {
    const usage = usageIn(event);
    if (usage !== null) this.usage = mergeUsage(this.usage, usage);
    this.error = errorOf(event) ?? this.error;
    if (TERMINAL_TYPES.has(text(event.type, '')) || isShape(event.error) || isError(event)) {
      this.seen = 'ended';
    } else if (this.seen === 'open' && hasFinish(event)) this.seen = 'finished';
    this.#isUsageOnly = isUsageOnly(event);
  }
}

import { NO_USAGE, type Usage } from '../contract/request-record.ts';
import { GatheredBytes } from './gathered-bytes.ts';
import { usageInTail } from './json-tail.ts';
import type { Operation } from './operation.ts';
import { sseData, sseSplitter } from './sse-events.ts';
import { mergeUsage, usageIn } from './usage.ts';

/** What is known of an answer's end when it ended. */
export interface Metered {
  readonly usage: Usage;
  /** Whether a stream said that it is complete; `true` where its kind has no way to say so. */
  readonly complete: boolean;
  /** The error a stream carried as an event, in the platform's words. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Reads an answer as it passes, within bounds. */
export interface ResponseMeter {
  /** @returns the bytes to send on: the chunk itself, unless an event is kept from the client */
  push(chunk: Uint8Array): readonly Uint8Array[];
  /** What was held back for reading and is to be sent at the end. */
  end(): readonly Uint8Array[];
  /** Where reading runs behind: resolves when the result is complete. */
  readonly settled?: Promise<void>;
  result(): Metered;
}

const NOTHING: readonly Uint8Array[] = [];
const decoder = new TextDecoder();
/** So much of an answer's end is looked at, unless its last piece alone is larger. */
const TAIL_BYTES = 128 * 1024;

const NOTHING_METERED: Metered = { usage: NO_USAGE, complete: true, error: null };

/** Counts nothing: the operation has no usage, or the answer cannot be read. */
export const BLIND_METER: ResponseMeter = {
  push: (chunk) => [chunk],
  end: () => NOTHING,
  result: () => NOTHING_METERED,
};

/** An answer whose model is renamed is held until it is whole, unless it is larger than this. */
const MAX_RENAMED_BYTES = 4 * 1024 * 1024;

/** Reads the usage at the end of one JSON answer, and in the last line of newline-delimited JSON. */
class JsonMeter implements ResponseMeter {
  readonly #rewrite: ((answer: Uint8Array) => Uint8Array) | null;
  /** At least the last `TAIL_BYTES`, or all. */
  readonly #tail = new GatheredBytes();
  #lastSize = 0;
  #held: GatheredBytes | null;

  constructor(rewrite: ((answer: Uint8Array) => Uint8Array) | null) {
    this.#rewrite = rewrite;
    this.#held = rewrite === null ? null : new GatheredBytes();
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#keepTail(chunk);
    return this.#held === null ? [chunk] : this.#hold(chunk, this.#held);
  }

  #keepTail(chunk: Uint8Array): void {
    this.#lastSize = chunk.length;
    if (chunk.length >= TAIL_BYTES) {
      this.#tail.restart(chunk);
      return;
    }
    this.#tail.append(chunk);
    // Cut only now and then, so that many small chunks cost no more than a few large ones.
    if (this.#tail.length > 2 * TAIL_BYTES) this.#tail.restart(this.#tail.view().subarray(-TAIL_BYTES));
  }

  #hold(chunk: Uint8Array, held: GatheredBytes): readonly Uint8Array[] {
    held.append(chunk);
    if (held.length <= MAX_RENAMED_BYTES) return NOTHING;
    this.#held = null;
    return [held.view()];
  }

  end(): readonly Uint8Array[] {
    return this.#held === null || this.#rewrite === null ? NOTHING : [this.#rewrite(this.#held.view())];
  }

  result(): Metered {
    const text = decoder.decode(this.#tail.view().subarray(-Math.max(TAIL_BYTES, this.#lastSize)));
    const usage = usageInTail(text) ?? usageInTail(lastLine(text)) ?? NO_USAGE;
    return { usage, complete: true, error: null };
  }
}

function lastLine(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1);
}

/** @param rewrite changes the whole answer for the client (the model's name back), or `null` */
export const jsonMeter = (rewrite: ((answer: Uint8Array) => Uint8Array) | null): ResponseMeter =>
  new JsonMeter(rewrite);

export interface StreamRules {
  readonly operation: Operation;
  /** Whether the usage event was asked for in the client's place. */
  readonly hidesUsage: boolean;
  /** Whether the platform always closes a chat with `data: [DONE]`. */
  readonly endsWithDone: boolean;
  /** Rewrites an event for the client (the model's name back), or `null`. */
  readonly rewrite: ((event: Uint8Array) => Uint8Array) | null;
}

interface StreamState {
  usage: Usage;
  complete: boolean;
  error: Metered['error'];
}

type Shape = Readonly<Record<string, unknown>>;
const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null;
const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

function parsed(data: string): Shape | null {
  try {
    const value: unknown = JSON.parse(data);
    return isShape(value) ? value : null;
  } catch {
    return null;
  }
}

/** What an event could tell that matters here; everything else need not be parsed. */
const TELLING =
  /"usage"\s*:\s*\{|"usageMetadata"|"finish_reason"\s*:\s*"|"error"|"type"\s*:\s*"(?:message_stop|error|response\.(?:completed|failed|incomplete))"/;
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

function errorOf(event: Shape): Metered['error'] {
  const response = isShape(event.response) ? event.response : null;
  const error = isShape(event.error) ? event.error : isShape(response?.error) ? response.error : null;
  if (error === null) return null;
  return {
    code: text(error.code, text(error.type, 'error')).slice(0, LONGEST_CODE),
    message: text(error.message, '').slice(0, LONGEST_MESSAGE),
  };
}

/** Whether this event is only the usage that `stream_options.include_usage` adds (OpenAI: empty `choices`). */
const isUsageEvent = (event: Shape): boolean =>
  Array.isArray(event.choices) && event.choices.length === 0 && isShape(event.usage);

function hasFinish(event: Shape): boolean {
  return (
    Array.isArray(event.choices) &&
    event.choices.some((choice) => isShape(choice) && typeof choice.finish_reason === 'string')
  );
}

/** Streams that have no event to say that they are complete: their end is the end. */
const endsBare = ({ dialect, name }: Operation): boolean =>
  dialect === 'gemini' ||
  dialect === 'dashscope' ||
  dialect === 'raw' ||
  !['chat', 'completions', 'responses', 'messages'].includes(name);

/** Reads usage, errors and completeness from server-sent events; keeps a usage event nobody asked for. */
export function streamMeter(rules: StreamRules): ResponseMeter {
  const state: StreamState = { usage: NO_USAGE, complete: endsBare(rules.operation), error: null };
  // Where nothing is kept back or rewritten, the chunk itself goes on at once, complete events or not.
  const passes = !rules.hidesUsage && rules.rewrite === null;
  const forClient = rules.rewrite ?? ((event: Uint8Array) => event);
  let out: Uint8Array[] = [];
  const splitter = sseSplitter((bytes) => out.push(bytes));
  const each = (bytes: Uint8Array): void => {
    const hidden = readEvent(bytes, rules, state);
    if (!passes && !hidden) out.push(forClient(bytes));
  };
  return {
    push(chunk) {
      out = [];
      splitter.push(chunk, each);
      return passes ? [chunk] : out;
    },
    end() {
      const rest = splitter.rest();
      if (rest.length > 0) readEvent(rest, rules, state);
      return !passes && rest.length > 0 ? [forClient(rest)] : NOTHING;
    },
    result: () => state,
  };
}

/** @returns whether the client is not to see it */
function readEvent(
  bytes: Uint8Array,
  { hidesUsage, endsWithDone }: StreamRules,
  state: StreamState,
): boolean {
  const event = decoder.decode(bytes);
  if (event.startsWith('data: [DONE]') || event.startsWith('data:[DONE]')) {
    state.complete = true;
    return false;
  }
  if (!TELLING.test(event)) return false;
  const data = sseData(event);
  const told = data === null ? null : parsed(data);
  if (told === null) return false;
  const usage = usageIn(told);
  if (usage !== null) state.usage = mergeUsage(state.usage, usage);
  state.error = errorOf(told) ?? state.error;
  if (TERMINAL_TYPES.has(text(told.type, '')) || state.error !== null) state.complete = true;
  if (!endsWithDone && hasFinish(told)) state.complete = true;
  return hidesUsage && isUsageEvent(told);
}

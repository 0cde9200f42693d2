import type { Operation } from '../operation.ts';
import { EventEdits } from './event-edits.ts';
import { EventReader } from './event-reader.ts';
import { MemberCut } from './json-cut.ts';
import { type Metered, NOTHING, type ResponseMeter } from './response-meter.ts';
import { endsWithBlankLine, SseLines, type SseListener } from './sse-lines.ts';

export interface StreamRules {
  readonly operation: Operation;
  /** Whether the usage was asked for in the client's place. */
  readonly hidesUsage: boolean;
  /** Whether the platform always closes a chat with `data: [DONE]`. */
  readonly endsWithDone: boolean;
  /** Rewrites an event for the client (the model's name back), or `null`. */
  readonly rewrite: ((event: Uint8Array) => Uint8Array) | null;
}

/** What an event could tell that matters here; chunks of whole events without it need not be read. A value may follow in the next line of data. */
const TELLING =
  /"usage"\s*(?:data|:(?!\s*null))|"usageMetadata"|_reason"\s*(?:data|:(?!\s*null))|"finishReason"|"error"|"code"\s*:\s*"[^"]|\[DONE\]|"type"\s*(?:data|:\s*(?:data|"(?:message_stop|error|response\.(?:completed|failed|incomplete))"))/;
const HIDDEN = '"usage"';
/** How nearly every event ends that has a usage of nothing: its last member, in the object that the event is. */
const NULL_AT_END = ',"usage":null}\n\n';
const END = new TextEncoder().encode('}\n\n');

const decoder = new TextDecoder();

/** Streams that have no event to say that they are complete: their end is the end. */
const endsBare = ({ dialect, name }: Operation): boolean =>
  dialect === 'gemini' ||
  dialect === 'dashscope' ||
  dialect === 'raw' ||
  !['chat', 'completions', 'responses', 'messages'].includes(name);

/** What a whole stream of this operation would have had last, for people. */
export function closingEvent({ name }: Operation): string {
  if (name === 'messages') return 'message_stop';
  return name === 'responses' ? 'response.completed' : 'a finish reason and [DONE]';
}

/** Whether this is one event, with a usage of nothing as its last member and nowhere else. */
const endsWithNullOnly = (text: string): boolean =>
  text.endsWith(NULL_AT_END) &&
  text.indexOf('\n\n') === text.length - 2 &&
  text.indexOf(HIDDEN) === text.lastIndexOf(HIDDEN) &&
  !text.includes('\r');

function withoutNull(event: Uint8Array): Uint8Array {
  const bytes = event.slice(0, event.length - NULL_AT_END.length + END.length);
  bytes.set(END, bytes.length - END.length);
  return bytes;
}

/** Hears of events that go on as they come. */
class Watching implements SseListener {
  readonly #reader: EventReader;

  constructor(reader: EventReader) {
    this.#reader = reader;
  }

  eventBegins(): void {
    this.#reader.begin();
  }

  comment(): void {}

  data(bytes: Uint8Array, from: number, until: number): void {
    this.#reader.data(bytes, from, until, 0);
  }

  dataGoesOn(): void {
    this.#reader.dataGoesOn(0);
  }

  eventEnds(): void {
    this.#reader.end();
  }

  lateLineFeed(): void {}
}

class StreamMeter implements ResponseMeter {
  readonly isWithinAnswer = false;
  readonly #rules: StreamRules;
  readonly #reader: EventReader;
  /** `null` where nothing is changed: then each chunk goes on at once, whole events or not. */
  readonly #edits: EventEdits | null;
  readonly #lines: SseLines;

  constructor(rules: StreamRules) {
    const cut = rules.hidesUsage ? new MemberCut('usage') : null;
    this.#rules = rules;
    this.#reader = new EventReader(cut);
    this.#edits =
      cut === null && rules.rewrite === null ? null : new EventEdits(this.#reader, cut, rules.rewrite);
    this.#lines = new SseLines(this.#edits ?? new Watching(this.#reader));
  }

  /** The short way for whole events that tell nothing, as nearly all do. @returns what goes on; `null`: it has to be read */
  #unread(chunk: Uint8Array): Uint8Array | null {
    if (!this.#lines.isBetweenEvents || !endsWithBlankLine(chunk)) return null;
    const { hidesUsage, rewrite } = this.#rules;
    const text = decoder.decode(chunk);
    if (TELLING.test(text)) return null;
    const isHere = hidesUsage && text.includes(HIDDEN);
    if (isHere && !endsWithNullOnly(text)) return null;
    const bytes = isHere ? withoutNull(chunk) : chunk;
    return rewrite === null ? bytes : rewrite(bytes);
  }

  push(chunk: Uint8Array): readonly Uint8Array[] {
    const unread = this.#unread(chunk);
    if (unread !== null) return [unread];
    this.#edits?.chunkBegins(chunk);
    this.#lines.push(chunk);
    return this.#edits?.chunkEnds() ?? [chunk];
  }

  end(): readonly Uint8Array[] {
    if (this.#edits !== null) return this.#edits.end();
    // What came behind the last blank line counts as well.
    if (this.#lines.isInEvent) this.#reader.end();
    return NOTHING;
  }

  get progress(): Metered['progress'] {
    // What is held until its event is whole has not gone on.
    return this.#edits === null ? this.#reader.seen : this.#reader.progress;
  }

  result(): Metered {
    const { usage, error } = this.#reader;
    const { operation, endsWithDone } = this.#rules;
    const { progress } = this;
    const complete =
      progress === 'ended' || endsBare(operation) || (progress === 'finished' && !endsWithDone);
    return { usage, progress, error, complete };
  }
}

/** Reads usage, errors and completeness from server-sent events of any size; keeps usage from the client that it did not ask for. */
export const streamMeter = (rules: StreamRules): ResponseMeter => new StreamMeter(rules);

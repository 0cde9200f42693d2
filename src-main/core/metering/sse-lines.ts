const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
/** How a line of data begins: the first line of a stream may have the byte order mark in front. */
const DATA = new TextEncoder().encode('\uFEFFdata:');
const BOM_LENGTH = 3;

/** Who hears what lines and events are made of. Places are those in the piece that was pushed. */
export interface SseListener {
  /** The first line of an event begins; comments and blank lines before it belong to none. */
  eventBegins(at: number): void;
  /** A comment or a part of one, with its line end. It may stand between the lines of an event. */
  comment(bytes: Uint8Array, from: number, until: number): void;
  /** A part of what stands behind `data:`. */
  data(bytes: Uint8Array, from: number, until: number): void;
  /** Another line of data begins there: it is joined to what came by a line end. */
  dataGoesOn(at: number): void;
  /** The blank line behind an event has come. @param until the place behind it, or behind its CR, of which the LF may follow */
  eventEnds(bytes: Uint8Array, until: number): void;
  /** The LF of a CR at the end of the piece before, outside of events. */
  lateLineFeed(at: number): void;
}

const KIND = { none: 0, field: 1, data: 2, other: 3, comment: 4 } as const;

/**
 * Reads server-sent events line by line (WHATWG HTML, "Server-sent events"), whatever pieces they arrive in and however
 * large they are: lines end with LF, CR or CR LF. Nothing is held.
 */
export class SseLines {
  readonly #listener: SseListener;
  #kind: number = KIND.none;
  /** How much of `DATA` the line has begun with. */
  #matched = 0;
  #isFirstLine = true;
  #isInEvent = false;
  #hasData = false;
  #isAfterCr = false;

  constructor(listener: SseListener) {
    this.#listener = listener;
  }

  /** Whether everything that began has ended. */
  get isBetweenEvents(): boolean {
    return !this.#isInEvent && this.#kind === KIND.none && !this.#isAfterCr;
  }

  get isInEvent(): boolean {
    return this.#isInEvent;
  }

  push(bytes: Uint8Array): void {
    let at = this.#isAfterCr ? this.#lateLineFeed(bytes) : 0;
    let cr = bytes.indexOf(CR, at);
    let lf = bytes.indexOf(LF, at);
    while (at < bytes.length) {
      if (cr >= 0 && cr < at) cr = bytes.indexOf(CR, at);
      if (lf >= 0 && lf < at) lf = bytes.indexOf(LF, at);
      const end = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf;
      this.#line(bytes, at, end < 0 ? bytes.length : end);
      if (end < 0) return;
      let next = end + 1;
      if (end === cr) {
        if (next === bytes.length) this.#isAfterCr = true;
        else if (bytes[next] === LF) next += 1;
      }
      this.#endLine(bytes, end, next);
      at = next;
    }
  }

  #lateLineFeed(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    this.#isAfterCr = false;
    if (bytes[0] !== LF) return 0;
    if (!this.#isInEvent) this.#listener.lateLineFeed(0);
    return 1;
  }

  #line(bytes: Uint8Array, from: number, until: number): void {
    if (from === until) return;
    if (this.#kind === KIND.none) this.#beginLine(bytes, from);
    const at = this.#kind === KIND.field ? this.#field(bytes, from, until) : from;
    if (this.#kind === KIND.comment) this.#listener.comment(bytes, from, until);
    else if (this.#kind === KIND.data && at < until) this.#listener.data(bytes, at, until);
  }

  #beginLine(bytes: Uint8Array, at: number): void {
    this.#kind = bytes[at] === COLON ? KIND.comment : KIND.field;
    this.#matched = this.#isFirstLine && bytes[at] === DATA[0] ? 0 : BOM_LENGTH;
    this.#isFirstLine = false;
    if (this.#kind === KIND.comment || this.#isInEvent) return;
    this.#isInEvent = true;
    this.#hasData = false;
    this.#listener.eventBegins(at);
  }

  #field(bytes: Uint8Array, from: number, until: number): number {
    let at = from;
    while (at < until && this.#matched < DATA.length) {
      if (bytes[at] !== DATA[this.#matched]) {
        this.#kind = KIND.other;
        return at;
      }
      this.#matched += 1;
      at += 1;
    }
    if (this.#matched < DATA.length) return at;
    this.#kind = KIND.data;
    if (this.#hasData) this.#listener.dataGoesOn(at);
    this.#hasData = true;
    return at;
  }

  #endLine(bytes: Uint8Array, end: number, next: number): void {
    const kind = this.#kind;
    this.#kind = KIND.none;
    if (kind === KIND.comment) this.#listener.comment(bytes, end, next);
    else if (kind === KIND.none && this.#isInEvent) {
      this.#isInEvent = false;
      this.#listener.eventEnds(bytes, next);
    }
  }
}

/** Whether a piece ends with a blank line of which nothing can follow. A CR at the end may have its LF in the next piece. */
export function endsWithBlankLine(bytes: Uint8Array): boolean {
  const { length } = bytes;
  if (bytes[length - 1] !== LF) return false;
  const before = bytes[length - 2];
  if (before === LF) return true;
  const earlier = bytes[length - 3];
  return before === CR && (earlier === LF || earlier === CR);
}

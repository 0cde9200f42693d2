import { DONE_EVENT, readEvent } from '../sse-event.ts';

/** What is wrong with a stream; all zero for a good one. */
export interface StreamFaults {
  readonly lost: number;
  /** Later than one that was sent after them, or twice. */
  readonly outOfOrder: number;
  /** Not as they were sent, of another stream, or never sent. */
  readonly altered: number;
  /** 1 where the last event or the end of the body is missing. */
  readonly unfinished: number;
}

/** Called for every good event with the times at which it was written and came, microseconds. */
export type OnEvent = (sentUs: number, cameUs: number, previousUs: number | null) => void;

/** Follows one stream of events and finds what was lost, moved or changed. */
export class StreamCheck {
  readonly #stream: number;
  readonly #seen: Uint8Array;
  readonly #onEvent: OnEvent;
  #pending = '';
  #last = -1;
  #lastUs: number | null = null;
  #outOfOrder = 0;
  #altered = 0;
  #done = false;

  constructor(stream: number, events: number, onEvent: OnEvent) {
    this.#stream = stream;
    this.#seen = new Uint8Array(events);
    this.#onEvent = onEvent;
  }

  /** Takes content of the body as it came at that time. */
  push(content: string, cameUs: number): void {
    this.#pending += content;
    for (let end = this.#pending.indexOf('\n\n'); end >= 0; end = this.#pending.indexOf('\n\n')) {
      this.#take(this.#pending.slice(0, end), cameUs);
      this.#pending = this.#pending.slice(end + 2);
    }
  }

  /** The verdict when the stream is over; `cleanEnd` says whether the body's framing was completed. */
  faults(cleanEnd: boolean): StreamFaults {
    return {
      lost: this.#seen.reduce((lost, seen) => lost + (seen === 0 ? 1 : 0), 0),
      outOfOrder: this.#outOfOrder,
      altered: this.#altered + (this.#pending === '' ? 0 : 1),
      unfinished: this.#done && cleanEnd ? 0 : 1,
    };
  }

  #take(text: string, cameUs: number): void {
    const event = readEvent(text);
    if (event === null || event.stream !== this.#stream || event.sequence >= this.#seen.length) {
      this.#takeOther(text);
      return;
    }
    if (event.sequence <= this.#last || this.#done) this.#outOfOrder += 1;
    this.#seen[event.sequence] = 1;
    this.#last = Math.max(this.#last, event.sequence);
    this.#onEvent(event.sentUs, cameUs, this.#lastUs);
    this.#lastUs = cameUs;
  }

  #takeOther(text: string): void {
    if (text === DONE_EVENT && !this.#done) this.#done = true;
    else this.#altered += 1;
  }
}

/** Sums up many streams. */
export function addFaults(a: StreamFaults, b: StreamFaults): StreamFaults {
  return {
    lost: a.lost + b.lost,
    outOfOrder: a.outOfOrder + b.outOfOrder,
    altered: a.altered + b.altered,
    unfinished: a.unfinished + b.unfinished,
  };
}

/** A stream without a fault. */
export const NO_FAULTS: StreamFaults = { lost: 0, outOfOrder: 0, altered: 0, unfinished: 0 };

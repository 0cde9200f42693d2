import { GatheredBytes } from '../gathered-bytes.ts';
import { joinedBytes } from '../joined-bytes.ts';
import type { EventReader } from './event-reader.ts';
import type { MemberCut } from './json-cut.ts';
import type { SseListener } from './sse-lines.ts';

/** What is held of an event before the beginning of it goes on: no event of usage alone is as large. Bytes. */
const MOST_HELD = 64 * 1024;
/** Beyond this an event goes on as it is, even where the member that may have to be cut out has not ended. Bytes. */
const MOST_UNDECIDED = 1024 * 1024;
const QUOTE = 0x22;

/**
 * Carries a stream's events to the client without what it did not ask for: an event of usage alone is left out, members are
 * cut out of the others, and each may be rewritten. An event is held until it has ended, comments never are, and what is
 * not changed goes on uncopied.
 */
export class EventEdits implements SseListener {
  readonly #reader: EventReader;
  readonly #cut: MemberCut | null;
  readonly #rewrite: ((event: Uint8Array) => Uint8Array) | null;
  #out: Uint8Array[] = [];
  #chunk: Uint8Array = new Uint8Array(0);
  /** Where in the chunk begins what goes on and has not been put out. */
  #passFrom = 0;
  /** Where in the chunk begins, or goes on, what belongs to the present event; -1: there is none. */
  #eventFrom = -1;
  /** What came of the present event in earlier chunks and is held. */
  readonly #held = new GatheredBytes();
  /** How much of the present event has gone on already, or was cut out. */
  #gone = 0;
  #isGivenUp = false;
  #wasHidden = false;

  constructor(
    reader: EventReader,
    cut: MemberCut | null,
    rewrite: ((event: Uint8Array) => Uint8Array) | null,
  ) {
    this.#reader = reader;
    this.#cut = cut;
    this.#rewrite = rewrite;
  }

  /** A chunk begins: its lines are told next. */
  chunkBegins(chunk: Uint8Array): void {
    this.#out = [];
    this.#chunk = chunk;
    this.#passFrom = 0;
    if (this.#eventFrom >= 0) this.#eventFrom = 0;
  }

  /** @returns what goes on of the chunk, and of what was held before */
  chunkEnds(): readonly Uint8Array[] {
    if (this.#eventFrom < 0) this.#pass(this.#chunk.length);
    else {
      this.#holdUntil(this.#chunk.length);
      if (this.#gone > 0 || this.#held.length > MOST_HELD) this.#letGo();
    }
    return this.#taken();
  }

  /** Nothing more comes. @returns what was held */
  end(): readonly Uint8Array[] {
    this.#out = [];
    if (this.#eventFrom >= 0) {
      const isHidden = this.#reader.end() && this.#gone === 0 && this.#cut !== null;
      if (!isHidden) this.#put(this.#edited(this.#held.view()));
      this.#held.restart();
      this.#eventFrom = -1;
    }
    return this.#taken();
  }

  eventBegins(at: number): void {
    this.#reader.begin();
    this.#eventFrom = at;
    this.#gone = 0;
    this.#isGivenUp = false;
    this.#wasHidden = false;
    if (this.#cut !== null) this.#cut.places.length = 0;
  }

  comment(_bytes: Uint8Array, from: number, until: number): void {
    this.#wasHidden = false;
    if (this.#eventFrom < 0) return;
    this.#holdUntil(from);
    this.#passFrom = from;
    this.#pass(until);
    this.#eventFrom = until;
  }

  data(bytes: Uint8Array, from: number, until: number): void {
    this.#reader.data(bytes, from, until, this.#offsetOf(from));
  }

  dataGoesOn(at: number): void {
    this.#reader.dataGoesOn(this.#offsetOf(at));
  }

  /** The place in the event of one in the chunk. */
  #offsetOf(at: number): number {
    return this.#gone + this.#held.length + at - this.#eventFrom;
  }

  eventEnds(bytes: Uint8Array, until: number): void {
    const isHidden = this.#reader.end() && this.#gone === 0 && this.#cut !== null;
    const isHere = this.#held.length === 0;
    const isChanged =
      isHidden || !isHere || this.#rewrite !== null || (this.#cut !== null && this.#cut.places.length > 0);
    if (isChanged) {
      if (!isHere) this.#held.append(bytes.subarray(this.#eventFrom, until));
      this.#pass(this.#eventFrom);
      const event = isHere ? bytes.subarray(this.#eventFrom, until) : this.#held.view();
      if (!isHidden) this.#put(this.#edited(event));
      this.#held.restart();
      this.#passFrom = until;
    }
    this.#eventFrom = -1;
    this.#wasHidden = isHidden;
  }

  lateLineFeed(at: number): void {
    if (this.#wasHidden) this.#passFrom = at + 1;
  }

  #taken(): readonly Uint8Array[] {
    const out = this.#out;
    this.#out = [];
    // Few writes cost less than few copies.
    return out.length > 1 ? [joinedBytes(out)] : out;
  }

  #put(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#out.push(bytes);
  }

  #pass(until: number): void {
    if (until > this.#passFrom) this.#put(this.#chunk.subarray(this.#passFrom, until));
    this.#passFrom = until;
  }

  /** What goes before the present event is put out, and of the event itself held. */
  #holdUntil(until: number): void {
    this.#pass(this.#eventFrom);
    if (until > this.#eventFrom) this.#held.append(this.#chunk.subarray(this.#eventFrom, until));
    this.#eventFrom = until;
  }

  /** Lets go of what is decided of an event that is too large to hold. */
  #letGo(): void {
    const held = this.#held.view();
    const undecidedFrom = this.#isGivenUp
      ? Number.POSITIVE_INFINITY
      : (this.#cut?.undecidedFrom ?? Number.POSITIVE_INFINITY);
    let size = Math.min(held.length, undecidedFrom - this.#gone);
    if (size <= 0 && held.length > MOST_UNDECIDED) {
      this.#isGivenUp = true;
      size = held.length;
    }
    // What is rewritten is text, which is not cut within a character.
    if (this.#gone === 0 && this.#rewrite !== null)
      size = Math.max(held.lastIndexOf(QUOTE, size - 1), 0) || size;
    if (size <= 0) return;
    this.#put(this.#edited(held.subarray(0, size)));
    this.#gone += size;
    this.#held.restart(held.slice(size));
  }

  /** What a client gets of the bytes of an event that come next. */
  #edited(bytes: Uint8Array): Uint8Array {
    const places = this.#cut?.places ?? [];
    const parts: Uint8Array[] = [];
    let from = 0;
    for (let i = 0; !this.#isGivenUp && i + 1 < places.length; i += 2) {
      parts.push(bytes.subarray(from, (places[i] ?? 0) - this.#gone));
      from = (places[i + 1] ?? 0) - this.#gone;
    }
    places.length = 0;
    const rest = parts.length === 0 ? bytes : joinedBytes([...parts, bytes.subarray(from)]);
    return this.#rewrite === null || this.#gone > 0 ? rest : this.#rewrite(rest);
  }
}

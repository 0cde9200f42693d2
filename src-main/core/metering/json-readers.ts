import { GatheredBytes } from '../gathered-bytes.ts';
import type { KeptMember, KeptMembers } from './json-kept.ts';
import { JSON_BYTE } from './json-runs.ts';

/** Kept values are counts, names and words: what is larger is none of them and is left out. Bytes. */
const LARGEST_KEPT = 16 * 1024;
/** Names of members that matter are shorter, also where each letter is escaped. Bytes. */
const LONGEST_NAME = 256;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads the names of members, wherever the pieces are cut. */
export class NameReader {
  /** What came in earlier pieces. */
  readonly #before = new GatheredBytes();
  #isEscaped = false;
  #hasEscape = false;

  /** A name begins. */
  begin(): void {
    this.#before.restart();
    this.#isEscaped = false;
    this.#hasEscape = false;
  }

  /** @returns the place of the closing quote, or -1 where the piece ends before */
  read(bytes: Uint8Array, from: number, until: number): number {
    for (let at = from; at < until; at += 1) {
      const byte = bytes[at];
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === JSON_BYTE.backslash) {
        this.#isEscaped = true;
        this.#hasEscape = true;
      } else if (byte === JSON_BYTE.quote) return at;
    }
    if (this.#before.length < LONGEST_NAME) this.#before.append(bytes.subarray(from, until));
    return -1;
  }

  /** The member that is meant, now that the name has ended in this piece. */
  memberOf(
    members: KeptMembers | undefined,
    bytes: Uint8Array,
    from: number,
    until: number,
  ): KeptMember | null {
    if (members === undefined) return null;
    if (this.#before.length === 0 && !this.#hasEscape) return members.at(bytes, from, until);
    this.#before.append(bytes.subarray(from, until));
    const written = this.#before.view();
    const name = this.#hasEscape ? plainName(written) : written;
    return members.at(name, 0, name.length);
  }
}

function plainName(written: Uint8Array): Uint8Array {
  const text = parsed(`"${decoder.decode(written)}"`);
  return encoder.encode(typeof text === 'string' ? text : '');
}

/** Keeps the bytes of a value until it has ended. */
export class ValueKeeper {
  /** What came in earlier pieces; `null` while nothing is kept. */
  #kept: GatheredBytes | null = null;
  /** Where it goes on in the present piece. */
  #from = 0;

  /** A value begins that is kept. */
  begin(at: number): void {
    this.#kept = new GatheredBytes();
    this.#from = at;
  }

  /** Forgets it. */
  drop(): void {
    this.#kept = null;
  }

  pieceBegins(from: number): void {
    this.#from = from;
  }

  pieceEnds(bytes: Uint8Array, until: number): void {
    const kept = this.#kept;
    if (kept === null || until <= this.#from) return;
    // One byte more than is kept says that it is too large.
    const most = LARGEST_KEPT + 1 - kept.length;
    if (most > 0) kept.append(bytes.subarray(this.#from, Math.min(until, this.#from + most)));
  }

  /** @param until behind the value; @returns `undefined` where it was not kept, or is no JSON */
  take(bytes: Uint8Array, until: number): unknown {
    const kept = this.#kept;
    if (kept === null) return undefined;
    this.pieceEnds(bytes, until);
    this.#kept = null;
    return kept.length <= LARGEST_KEPT ? parsed(decoder.decode(kept.view())) : undefined;
  }
}

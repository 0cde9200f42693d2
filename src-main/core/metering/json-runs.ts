/** The bytes that give JSON its shape. */
export const JSON_BYTE = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

const { quote: QUOTE, backslash: BACKSLASH } = JSON_BYTE;

/** Short runs are walked byte by byte; for longer ones a native search is worth its call. Bytes. */
export const SHORT_RUN = 32;

/** How many backslashes stand right before a place. @param from where counting ends */
export function slashesBefore(bytes: Uint8Array, at: number, from: number): number {
  let first = at;
  while (first > from && bytes[first - 1] === BACKSLASH) first -= 1;
  return at - first;
}

/** @param from in the string, not behind a backslash of it; @returns the place behind its closing quote, or -1 */
export function stringEnd(bytes: Uint8Array, from: number, until: number): number {
  let at = from;
  const walked = Math.min(until, from + SHORT_RUN);
  while (at < walked) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    at += byte === BACKSLASH ? 2 : 1;
  }
  while (at < until) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0 || quote >= until) return -1;
    if (slashesBefore(bytes, quote, at) % 2 === 0) return quote + 1;
    at = quote + 1;
  }
  return -1;
}

const MARKS = [
  QUOTE,
  JSON_BYTE.openBracket,
  JSON_BYTE.closeBracket,
  JSON_BYTE.openBrace,
  JSON_BYTE.closeBrace,
];

/** Finds where strings and containers begin and end in one piece. What was found is kept, so each byte is searched a few times at most. */
export class MarkSearch {
  /** For each mark the next place of it, as far as is known. */
  readonly #next = MARKS.map(() => -1);

  /** Another piece is searched from now on. */
  restart(): void {
    this.#next.fill(-1);
  }

  /** @returns the next mark in a piece, or its end */
  from(bytes: Uint8Array, at: number, until: number): number {
    let nearest = until;
    for (let i = 0; i < MARKS.length; i += 1) {
      let place = this.#next[i] ?? -1;
      if (place < at) {
        const found = bytes.indexOf(MARKS[i] ?? QUOTE, at);
        place = found < 0 ? Number.POSITIVE_INFINITY : found;
        this.#next[i] = place;
      }
      if (place < nearest) nearest = place;
    }
    return nearest;
  }
}

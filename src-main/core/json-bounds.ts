const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

const opens = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const closes = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/** Bounds of a JSON text that somebody sent. */
export interface JsonBounds {
  readonly depth: number;
  readonly values: number;
}

/**
 * Whether a JSON text is nested too deeply or holds too many values, told from its brackets and commas before it is
 * parsed: parsing it would already take the time and memory that is to be saved. A text that is no JSON may be either.
 * @param json its bytes in UTF-8
 */
export function beyondBounds(
  json: Uint8Array,
  { depth: deepest, values: most }: JsonBounds,
): 'depth' | 'values' | null {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) at = endOfText(json, at);
    else if (opens(byte)) depth += 1;
    else if (closes(byte)) depth -= 1;
    else if (byte === COMMA || byte === COLON) values += 1;
    if (depth > deepest) return 'depth';
    if (values > most) return 'values';
  }
  return null;
}

/** Where the string that begins here ends. */
function endOfText(json: Uint8Array, start: number): number {
  let at = json.indexOf(QUOTE, start + 1);
  while (at !== -1 && isEscaped(json, at)) at = json.indexOf(QUOTE, at + 1);
  return at === -1 ? json.length : at;
}

function isEscaped(json: Uint8Array, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

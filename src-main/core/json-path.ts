import { type Span, skipSpace, skipString, skipValue, stringAt } from './json-members.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;

/** One member of an object that may be cut off. @param whole whether its value must not be */
function memberAt(bytes: Uint8Array, from: number, name: string, whole: boolean): Span | null {
  let at = skipSpace(bytes, from);
  if (bytes[at] !== OPEN_BRACE) return null;
  do {
    at = skipSpace(bytes, at + 1);
    const nameEnd = bytes[at] === QUOTE ? skipString(bytes, at) : -1;
    const colon = nameEnd < 0 ? nameEnd : skipSpace(bytes, nameEnd);
    if (colon < 0 || bytes[colon] !== COLON) return null;
    const start = skipSpace(bytes, colon + 1);
    const isIt = stringAt(bytes, { start: at, end: nameEnd }) === name;
    if (isIt && !whole) return { start, end: bytes.length };
    const end = skipValue(bytes, start);
    if (end < 0) return null;
    if (isIt) return { start, end };
    at = skipSpace(bytes, end);
  } while (bytes[at] === COMMA);
  return null;
}

/**
 * The value that a path of member names leads to, in a JSON text that may be cut off.
 * @returns `null` where it is not there, or not whole yet
 */
export function valueAt(bytes: Uint8Array, from: number, path: readonly string[]): Span | null {
  let at: Span | null = { start: from, end: bytes.length };
  for (const [depth, name] of path.entries()) {
    at = memberAt(bytes, at.start, name, depth === path.length - 1);
    if (at === null) return null;
  }
  return at;
}

const TEXT = new TextDecoder();

/** The ids a JSON value holds: a string, an object's `id` or `file_id`, or an array of these. */
export function idsIn(bytes: Uint8Array, { start, end }: Span): readonly string[] {
  try {
    const value: unknown = JSON.parse(TEXT.decode(bytes.subarray(start, end)));
    return (Array.isArray(value) ? value : [value]).flatMap(idOf);
  } catch {
    return [];
  }
}

function idOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if ('id' in value && typeof value.id === 'string') return [value.id];
  return 'file_id' in value && typeof value.file_id === 'string' ? [value.file_id] : [];
}

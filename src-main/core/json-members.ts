import { foldedName } from './folded-name.ts';

/** Where a value stands in the bytes of a JSON text: `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The members of a JSON object that the gateway looks at, found without parsing the rest. */
export interface JsonMembers {
  /** Just behind the opening brace. */
  readonly bodyStart: number;
  readonly empty: boolean;
  readonly model: Span | null;
  readonly modelTwice: boolean;
  /** Whether a name differs from `model` in case alone: some platforms (Go's `encoding/json`) read it as the same. */
  readonly modelOtherCase: boolean;
  readonly stream: Span | null;
  readonly streamOptions: Span | null;
  /** Values under names that differ from `stream` and `stream_options` in case alone; nearly always there are none. */
  readonly variants: readonly Variant[];
  /** Whether something stands behind the object; some platforms do not look there (Go's `json.Decoder`). */
  readonly textBehind: boolean;
  readonly store: Span | null;
  /** Members that were asked for besides, each as often as it stands there, up to `MOST_OTHERS`. */
  readonly others: readonly (readonly [name: string, value: Span])[];
  /** Whether there were more of them: nothing can be said of such a body. */
  readonly othersTooMany: boolean;
}

/** A member that only platforms take for the one it resembles that ignore its case. */
export interface Variant extends Span {
  readonly like: 'stream' | 'stream_options';
}

/** Names of members to look for besides; an operation without such members costs nothing more. */
export type OtherMembers = ReadonlyMap<string, unknown> | null;

/** No operation has as many members that matter; only a hostile body repeats them. */
const MOST_OTHERS = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** @returns the place of what is no white space */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/** @returns the place behind the closing quote, or -1. `indexOf` is native: a long string costs little. */
export function skipString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) return -1;
    let slashes = 0;
    while (bytes[quote - 1 - slashes] === BACKSLASH && quote - 1 - slashes > from) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** @returns the place behind an object or array, or -1 */
function skipNested(bytes: Uint8Array, from: number): number {
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      if (at < 0) return -1;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return -1;
}

function skipLiteral(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (
      byte === undefined ||
      byte === COMMA ||
      byte === CLOSE_BRACE ||
      byte === CLOSE_BRACKET ||
      isSpace(byte)
    )
      break;
    at += 1;
  }
  return at === from ? -1 : at;
}

/** @returns the place behind a value, or -1 where it is none or is cut off */
export function skipValue(bytes: Uint8Array, from: number): number {
  const byte = bytes[from];
  if (byte === QUOTE) return skipString(bytes, from);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return skipNested(bytes, from);
  return skipLiteral(bytes, from);
}

/** A byte order mark inside a string is a character of it. */
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a JSON string token; `null` where it is none. */
export function stringAt(bytes: Uint8Array, span: Span): string | null {
  if (bytes[span.start] !== QUOTE) return null;
  const inner = bytes.subarray(span.start + 1, span.end - 1);
  if (!inner.includes(BACKSLASH)) return TEXT.decode(inner);
  try {
    const value: unknown = JSON.parse(TEXT.decode(bytes.subarray(span.start, span.end)));
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Of `model` and `store`, `stream`, `stream_options`, and the last two with letters of two bytes that fold to an s. */
const isTelling = (length: number): boolean =>
  length === 5 || length === 6 || length === 7 || (length >= 14 && length <= 16);

/** Member names that matter have certain lengths; a name with an escape may be any of them. */
function memberName(bytes: Uint8Array, span: Span, others: OtherMembers): string | null {
  const length = span.end - span.start - 2;
  if (isTelling(length) || others !== null) return stringAt(bytes, span);
  return length > 0 && bytes.subarray(span.start, span.end).includes(BACKSLASH)
    ? stringAt(bytes, span)
    : null;
}

type Writable = { -readonly [M in Exclude<keyof JsonMembers, 'others' | 'variants'>]: JsonMembers[M] } & {
  readonly others: (readonly [name: string, value: Span])[];
  readonly variants: Variant[];
};

function keep(members: Writable, name: string | null, value: Span, others: OtherMembers): void {
  if (name === 'model') {
    members.modelTwice = members.model !== null;
    members.model = value;
  } else if (name === 'stream') members.stream = value;
  else if (name === 'stream_options') members.streamOptions = value;
  else if (name === 'store') members.store = value;
  else if (name !== null && keepVariant(members, name, value)) return;
  else if (others !== null && name !== null && others.has(name)) keepOther(members, name, value);
}

/** @returns whether the name is one of those that matter, in another case */
function keepVariant(members: Writable, name: string, value: Span): boolean {
  if (name.length !== 5 && name.length !== 6 && name.length !== 14) return false;
  const folded = foldedName(name);
  if (folded === 'model') members.modelOtherCase = true;
  else if (folded !== 'stream' && folded !== 'stream_options') return false;
  else if (members.variants.length < MOST_OTHERS) members.variants.push({ ...value, like: folded });
  else members.othersTooMany = true;
  return true;
}

function keepOther(members: Writable, name: string, value: Span): void {
  if (members.others.length < MOST_OTHERS) members.others.push([name, value]);
  else members.othersTooMany = true;
}

/**
 * Finds the top-level members of a JSON object in UTF-8 bytes. Nested values and strings are skipped, not
 * read, so it costs about as much as looking at each byte once.
 * @param others names of members that this operation has besides, or `null`
 * @returns `null` where the bytes are no JSON object (as far as this needs to look)
 */
export function jsonMembers(bytes: Uint8Array, others: OtherMembers = null): JsonMembers | null {
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_BRACE) return null;
  at += 1;
  const members: Writable = {
    bodyStart: at,
    empty: false,
    model: null,
    modelTwice: false,
    modelOtherCase: false,
    stream: null,
    streamOptions: null,
    store: null,
    variants: [],
    textBehind: false,
    others: [],
    othersTooMany: false,
  };
  at = skipSpace(bytes, at);
  if (bytes[at] === CLOSE_BRACE) return { ...members, empty: true, textBehind: !atEnd(bytes, at + 1) };
  for (;;) {
    at = readMember(bytes, at, members, others);
    if (at < 0) return null;
    if (bytes[at] === CLOSE_BRACE) {
      members.textBehind = !atEnd(bytes, at + 1);
      return members;
    }
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1);
  }
}

const atEnd = (bytes: Uint8Array, from: number): boolean => skipSpace(bytes, from) === bytes.length;

/** @returns the place of what follows the member (a comma or the closing brace), or -1 */
function readMember(bytes: Uint8Array, from: number, members: Writable, others: OtherMembers): number {
  if (bytes[from] !== QUOTE) return -1;
  const nameEnd = skipString(bytes, from);
  if (nameEnd < 0) return -1;
  const colon = skipSpace(bytes, nameEnd);
  if (bytes[colon] !== COLON) return -1;
  const start = skipSpace(bytes, colon + 1);
  const end = skipValue(bytes, start);
  if (end < 0) return -1;
  keep(members, memberName(bytes, { start: from, end: nameEnd }, others), { start, end }, others);
  return skipSpace(bytes, end);
}

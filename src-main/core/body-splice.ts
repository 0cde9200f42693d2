import { foldedName } from './folded-name.ts';
import { joinedBytes } from './joined-bytes.ts';
import type { JsonMembers, Span } from './json-members.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** One place of a body to write something else. */
interface Splice extends Span {
  readonly text: string;
}

function spliced(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, text } of splices.toSorted((a, b) => a.start - b.start)) {
    parts.push(bytes.subarray(from, start), encoder.encode(text));
    from = end;
  }
  parts.push(bytes.subarray(from));
  return joinedBytes(parts);
}

const textAt = (bytes: Uint8Array, { start, end }: Span): string =>
  decoder.decode(bytes.subarray(start, end));

/** What lenient platforms take for no (pydantic's `bool`, Go's zero values, `null`). */
const SAYS_NO = /^(?:false|null|-?0+(?:\.0*)?|"\s*(?:false|f|no|n|off|0)?\s*")$/i;

/** Whether a value asks for something, for some platform. @param value as it stands in JSON */
export const saysYes = (value: string): boolean => !SAYS_NO.test(value);

/** Whether some platform takes the request for one that asks for a stream. */
export function wantsStream(bytes: Uint8Array, { stream, variants }: JsonMembers): boolean {
  if (stream !== null && saysYes(textAt(bytes, stream))) return true;
  return variants.some((variant) => variant.like === 'stream' && saysYes(textAt(bytes, variant)));
}

/** The options with the usage asked for; `null` where it is already, or they are none. */
export function withIncludeUsage(options: string): string | null {
  const entries = entriesOf(options);
  if (entries === null) return null;
  const isUsage = (name: string): boolean => foldedName(name) === 'include_usage';
  const told = entries.filter(([name]) => isUsage(name));
  if (told.length === 1 && told[0]?.[0] === 'include_usage' && told[0][1] === true) return null;
  const others = entries.filter(([name]) => !isUsage(name));
  return JSON.stringify({ ...Object.fromEntries(others), include_usage: true });
}

function entriesOf(options: string): [string, unknown][] | null {
  try {
    const parsed: unknown = JSON.parse(options);
    return typeof parsed !== 'object' || Array.isArray(parsed) ? null : Object.entries(parsed ?? {});
  } catch {
    return null;
  }
}

function usageSplices(bytes: Uint8Array, { streamOptions, variants, bodyStart }: JsonMembers): Splice[] {
  const splices: Splice[] = [];
  if (streamOptions === null) {
    // There is a member that asks for the stream behind it.
    splices.push({ start: bodyStart, end: bodyStart, text: '"stream_options":{"include_usage":true},' });
  }
  const options = variants.filter(({ like }) => like === 'stream_options');
  for (const span of streamOptions === null ? options : [...options, streamOptions]) {
    const text = withIncludeUsage(textAt(bytes, span));
    if (text !== null) splices.push({ ...span, text });
  }
  return splices;
}

export interface SplicedBody {
  readonly bytes: Uint8Array;
  /** Whether the stream's usage event was asked for in the client's place, so that it is kept from it. */
  readonly usageAdded: boolean;
}

/**
 * The body for the platform: the model's name there, and the usage of a stream asked for. Everything else
 * stays byte for byte.
 * @param model the name to write, or `null` to leave it
 * @param asksUsage whether the platform would tell a stream's usage when asked
 */
export function spliceBody(
  bytes: Uint8Array,
  members: JsonMembers,
  model: string | null,
  asksUsage: boolean,
): SplicedBody {
  const splices: Splice[] = [];
  if (model !== null && members.model !== null)
    splices.push({ ...members.model, text: JSON.stringify(model) });
  const usage = asksUsage && wantsStream(bytes, members) ? usageSplices(bytes, members) : [];
  splices.push(...usage);
  return { bytes: splices.length === 0 ? bytes : spliced(bytes, splices), usageAdded: usage.length > 0 };
}

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

/** Whether the request asks for a stream. */
export const wantsStream = (bytes: Uint8Array, members: JsonMembers): boolean =>
  members.stream !== null && textAt(bytes, members.stream) === 'true';

function includesUsage(options: string): boolean | null {
  try {
    const parsed: unknown = JSON.parse(options);
    if (parsed === null) return false;
    if (typeof parsed !== 'object' || Array.isArray(parsed)) return null;
    return 'include_usage' in parsed && parsed.include_usage === true;
  } catch {
    return null;
  }
}

function withIncludeUsage(options: string): string {
  const parsed: unknown = JSON.parse(options);
  return JSON.stringify({ ...(typeof parsed === 'object' ? parsed : null), include_usage: true });
}

function usageSplice(bytes: Uint8Array, members: JsonMembers): Splice | null {
  if (members.streamOptions === null) {
    const text = `"stream_options":{"include_usage":true}${members.empty ? '' : ','}`;
    return { start: members.bodyStart, end: members.bodyStart, text };
  }
  const written = textAt(bytes, members.streamOptions);
  return includesUsage(written) === false
    ? { ...members.streamOptions, text: withIncludeUsage(written) }
    : null;
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
  const usage = asksUsage && wantsStream(bytes, members) ? usageSplice(bytes, members) : null;
  if (usage !== null) splices.push(usage);
  return { bytes: splices.length === 0 ? bytes : spliced(bytes, splices), usageAdded: usage !== null };
}

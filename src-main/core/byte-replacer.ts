import { joinedBytes } from './joined-bytes.ts';

const EMPTY = new Uint8Array(0);

function indexOfBytes(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const first = needle[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + needle.length > bytes.length) return -1;
    let same = 1;
    while (same < needle.length && bytes[at + same] === needle[same]) same += 1;
    if (same === needle.length) return at;
  }
  return -1;
}

/** How many bytes at the end may be the start of the needle. */
function partialMatch(bytes: Uint8Array, needle: Uint8Array): number {
  for (let length = Math.min(needle.length - 1, bytes.length); length > 0; length -= 1) {
    let same = 0;
    while (same < length && bytes[bytes.length - length + same] === needle[same]) same += 1;
    if (same === length) return length;
  }
  return 0;
}

/** Replaces a run of bytes in a stream, wherever the pieces are cut; holds back only what may be its start. */
export interface ByteReplacer {
  push(chunk: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** @param needle at least one byte */
export function byteReplacer(needle: Uint8Array, replacement: Uint8Array): ByteReplacer {
  let held: Uint8Array = EMPTY;
  return {
    push(chunk) {
      const bytes = held.length === 0 ? chunk : joinedBytes([held, chunk]);
      const parts: Uint8Array[] = [];
      let from = 0;
      for (let at = indexOfBytes(bytes, needle, 0); at >= 0; at = indexOfBytes(bytes, needle, from)) {
        parts.push(bytes.subarray(from, at), replacement);
        from = at + needle.length;
      }
      const rest = bytes.subarray(from);
      const partial = partialMatch(rest, needle);
      held = rest.subarray(rest.length - partial);
      parts.push(rest.subarray(0, rest.length - partial));
      return parts.length === 1 ? (parts[0] ?? EMPTY) : joinedBytes(parts);
    },
    end() {
      const rest = held;
      held = EMPTY;
      return rest;
    },
  };
}

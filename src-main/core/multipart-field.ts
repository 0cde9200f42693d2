const decoder = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Field values that are looked for are short; part headers too. */
const MAX_VALUE = 1024;
const MAX_PART_HEAD = 8 * 1024;

/** The boundary of `multipart/form-data; boundary=…` (RFC 2046 §5.1.1). */
function boundaryOf(contentType: string): string | null {
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const first = needle[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (needle.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}

const nameOf = (head: string): string | null =>
  /content-disposition:[^\r\n]*?;\s*name=(?:"([^"]*)"|([^\s;]+))/i
    .exec(head)
    ?.slice(1)
    .find((name) => name !== undefined) ?? null;

const HEAD_END = bytesOf('\r\n\r\n');

/**
 * The value of a text field of a multipart form (RFC 7578); `null` where it is missing, doubled or too long
 * to be meant.
 */
export function multipartField(bytes: Uint8Array, contentType: string, field: string): string | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  const delimiter = bytesOf(`--${boundary}`);
  const found: string[] = [];
  for (let at = indexOf(bytes, delimiter, 0); at >= 0; ) {
    const next = indexOf(bytes, delimiter, at + delimiter.length);
    const part = bytes.subarray(at + delimiter.length, next < 0 ? bytes.length : next);
    const headEnd = indexOf(part.subarray(0, MAX_PART_HEAD), HEAD_END, 0);
    if (headEnd >= 0 && nameOf(decoder.decode(part.subarray(0, headEnd))) === field) {
      const value = part.subarray(headEnd + 4, Math.max(headEnd + 4, part.length - 2));
      found.push(value.length > MAX_VALUE ? '' : utf8.decode(value));
    }
    at = next;
  }
  const [only] = found;
  return found.length === 1 && only !== undefined && only !== '' ? only : null;
}

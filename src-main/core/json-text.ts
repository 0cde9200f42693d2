const UTF_8_MARK = [0xef, 0xbb, 0xbf];
const ENCODER = new TextEncoder();

/** Encodings of JSON besides UTF-8, as lenient readers tell them apart (RFC 4627 §3; Python's `json.detect_encoding`). */
type OtherEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** The first bytes of a JSON text are ASCII, so that where its NULs stand tells the encoding; a mark tells it too. */
function otherEncoding([a, b, c, d]: Uint8Array): OtherEncoding | null {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0 && b === 0) return c === 0xfe && d === 0xff ? 'utf-32be' : c === 0 ? 'utf-32be' : null;
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0) return 'utf-16be';
  if (b !== 0) return null;
  return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
}

function fromUtf32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, isLittle);
    if (point > 0x10ffff) return '';
    parts.push(String.fromCodePoint(point));
  }
  return parts.join('').replace(/^\ufeff/, '');
}

/**
 * A JSON text in UTF-8 without a byte order mark, whatever it came in: lenient platforms read the others too.
 * @returns the same bytes where they are that already
 */
export function utf8Json(bytes: Uint8Array): Uint8Array {
  if (UTF_8_MARK.every((byte, at) => bytes[at] === byte)) return bytes.subarray(UTF_8_MARK.length);
  const encoding = otherEncoding(bytes);
  if (encoding === null) return bytes;
  const text = encoding.startsWith('utf-32')
    ? fromUtf32(bytes, encoding === 'utf-32le')
    : new TextDecoder(encoding).decode(bytes);
  return ENCODER.encode(text);
}

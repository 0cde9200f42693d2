/** A file's bytes as text, and the encoding that was found. */
export interface ReadText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
}

const decoded = (bytes: Uint8Array, encoding: ReadText['encoding']): ReadText | null => {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return null;
  }
};

/** A text of ASCII in UTF-16 has a NUL in every other byte. */
function withoutMark(bytes: Uint8Array): ReadText['encoding'] | null {
  const sample = bytes.subarray(0, 512);
  const nuls = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (odd > sample.length / 8 && even === 0) return 'utf-16le';
  if (even > sample.length / 8 && odd === 0) return 'utf-16be';
  return null;
}

/**
 * The text of a file that a spreadsheet program saved: UTF-8 or UTF-16, with or without a byte order mark, or what
 * Excel writes in a Chinese Windows (GBK, as its superset GB 18030).
 * @returns `null` where it is none of these
 */
export function textOfBytes(bytes: Uint8Array): ReadText | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  const guessed = withoutMark(bytes);
  if (guessed !== null) return decoded(bytes, guessed);
  const read = decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
  // A file of another kind (a workbook, a picture) is full of NUL.
  return read?.text.includes('\0') === true ? null : read;
}

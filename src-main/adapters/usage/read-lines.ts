import { open } from 'node:fs/promises';

const PIECE_BYTES = 1024 * 1024;
const LINE_END = 0x0a;

/** Lines of a part of a file. */
export interface LineRange {
  readonly path: string;
  readonly fromByte: number;
  readonly untilByte: number;
}

/**
 * Reads the lines of a part of a file without holding it in memory.
 * @returns how many bytes stand behind the last line end
 * @throws the system's error
 */
export async function readLines(
  { path, fromByte, untilByte }: LineRange,
  take: (line: string) => void,
): Promise<number> {
  const handle = await open(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    for (let at = fromByte; at < untilByte; ) {
      const { bytesRead } = await handle.read(piece, 0, Math.min(PIECE_BYTES, untilByte - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
      rest = takeLines(Buffer.concat([rest, piece.subarray(0, bytesRead)]), take);
    }
    return rest.length;
  } finally {
    await handle.close();
  }
}

function takeLines(bytes: Buffer, take: (line: string) => void): Buffer {
  let from = 0;
  for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
    if (end > from) take(bytes.toString('utf8', from, end));
    from = end + 1;
  }
  return bytes.subarray(from);
}

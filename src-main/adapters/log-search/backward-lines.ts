import { readSync } from 'node:fs';

const CHUNK_BYTES = 256 * 1024;
/** A line beyond this is none of ours; it is passed over rather than held. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/** Whole lines as they stand in a file, each with its end; the last one may lack it. */
export interface Lines {
  /** Valid until the next ones are read. */
  readonly bytes: Buffer;
  /** Where they begin in the file. */
  readonly start: number;
}

/** Reads a file's lines from its end towards its beginning, some hundred at a time. */
export class BackwardLines {
  readonly #file: number;
  readonly #floor: number;
  #position: number;
  #buffer = Buffer.allocUnsafe(CHUNK_BYTES);

  /**
   * @param file descriptor, read only
   * @param floor the start of the first line that is wanted
   * @param end behind the last one
   */
  constructor(file: number, floor: number, end: number) {
    this.#file = file;
    this.#floor = floor;
    this.#position = end;
  }

  /** The lines before those that were read last; `null` where there are none. @throws Node's error */
  next(): Lines | null {
    let wanted = CHUNK_BYTES;
    while (this.#position > this.#floor) {
      const from = Math.max(this.#floor, this.#position - wanted);
      const bytes = this.#read(from, this.#position - from);
      const begin = from === this.#floor ? 0 : bytes.subarray(0, -1).indexOf(0x0a) + 1;
      if (begin > 0 || from === this.#floor) {
        this.#position = from + begin;
        return { bytes: bytes.subarray(begin), start: this.#position };
      }
      if (wanted >= LONGEST_LINE_BYTES) this.#position = from;
      else wanted *= 4;
    }
    return null;
  }

  #read(from: number, length: number): Buffer {
    if (this.#buffer.length < length) this.#buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const taken = readSync(this.#file, this.#buffer, filled, length - filled, from + filled);
      if (taken === 0) break;
      filled += taken;
    }
    return this.#buffer.subarray(0, filled);
  }
}

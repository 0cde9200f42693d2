/** Lines on their way to one file. */
export interface Chunk {
  readonly day: string;
  /** Chunks are numbered in their order, from 1. */
  readonly number: number;
  readonly data: Buffer;
  /** How much of `data` holds lines. */
  used: number;
  /** How much of that is written. */
  written: number;
  lines: number;
}

/** Joining more than this before encoding makes the engine walk a long rope of strings, which costs more per line. */
const PIECE_LENGTH = 32 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** Lines in memory until the disk takes them, within a bound. */
export class LineBuffer {
  readonly #limitBytes: number;
  #day = '';
  #piece = '';
  #pieceLines = 0;
  readonly #chunks: Chunk[] = [];
  #chunkBytes = 0;
  #lastNumber = 0;
  /** Whether the newest chunk takes no more lines. */
  #isSealed = false;
  /** The last full-size chunk written, kept so that a busy log allocates nothing. */
  #spare: Buffer | null = null;

  /** @param limitBytes how much may wait */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isEmpty(): boolean {
    return this.#piece === '' && this.#chunks.length === 0;
  }

  /** How many chunks can be taken now. */
  get chunks(): number {
    return this.#chunks.length + (this.#piece === '' ? 0 : 1);
  }

  /** How much waits; text that is not encoded yet counts by its length. */
  get bytes(): number {
    return this.#chunkBytes + this.#piece.length;
  }

  /** How many lines wait. */
  get lines(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.lines, this.#pieceLines);
  }

  /** Takes a line (without its end) for that day's file, or returns `false` where there is no room. */
  append(line: string, day: string): boolean {
    if (this.bytes + line.length >= this.#limitBytes) return false;
    if (day !== this.#day) {
      this.#encode();
      this.#day = day;
    }
    this.#piece += `${line}\n`;
    this.#pieceLines += 1;
    if (this.#piece.length >= PIECE_LENGTH) this.#encode();
    return true;
  }

  /** Lets later lines begin a chunk of their own. @returns the number of the newest chunk, which ends with what was appended before */
  seal(): number {
    this.#encode();
    this.#isSealed = true;
    return this.#lastNumber;
  }

  /** The oldest lines, whole ones, taken out; `null` where none wait. */
  take(): Chunk | null {
    if (this.#chunks.length === 0) this.#encode();
    const chunk = this.#chunks.shift() ?? null;
    if (chunk !== null) this.#chunkBytes -= chunk.used - chunk.written;
    return chunk;
  }

  /** Returns what could not be written, to be taken first again. */
  putBack(chunk: Chunk): void {
    this.#chunks.unshift(chunk);
    this.#chunkBytes += chunk.used - chunk.written;
  }

  /** Tells that a chunk is written, so that its memory may be used again. */
  recycle(chunk: Chunk): void {
    if (chunk.data.length === CHUNK_BYTES) this.#spare = chunk.data;
  }

  /** Moves the text into bytes: behind what waits where it fits, else into a chunk of its own. */
  #encode(): void {
    if (this.#piece === '') return;
    const last = this.#chunks.at(-1);
    const bytes = Buffer.byteLength(this.#piece);
    const fits =
      last !== undefined &&
      !this.#isSealed &&
      last.day === this.#day &&
      last.data.length - last.used >= bytes;
    const chunk = fits ? last : this.#newChunk(bytes);
    chunk.data.write(this.#piece, chunk.used, 'utf8');
    chunk.used += bytes;
    chunk.lines += this.#pieceLines;
    this.#chunkBytes += bytes;
    this.#piece = '';
    this.#pieceLines = 0;
  }

  #newChunk(bytes: number): Chunk {
    const isBusy = this.#piece.length >= PIECE_LENGTH && bytes <= CHUNK_BYTES;
    const data = isBusy ? (this.#spare ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)) : Buffer.allocUnsafe(bytes);
    if (data === this.#spare) this.#spare = null;
    this.#lastNumber += 1;
    this.#isSealed = false;
    const chunk = { day: this.#day, number: this.#lastNumber, data, used: 0, written: 0, lines: 0 };
    this.#chunks.push(chunk);
    return chunk;
  }
}

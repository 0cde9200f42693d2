import { join } from 'node:path';
import type { LogFields } from '../../core/ports.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import type { Chunk } from './line-buffer.ts';
import { type LogDisk, type LogFile, logFileName, ownLogFiles } from './log-disk.ts';

/** Something about a log that an admin should know; goes to the application's log, or to standard error from there. */
export type LogProblem = (message: string, fields: LogFields) => void;

interface Opened {
  readonly file: LogFile;
  readonly name: string;
  readonly day: string;
  readonly part: number;
  sizeBytes: number;
}

const LINE_END = Buffer.from('\n');
/** Who asks for the position asks often; a log that fails for days must not remember every file of its life. */
const MOST_ENDS = 64;

/** The one file of a log that is open: changes with the day and with its size, never in the middle of a line. */
export class CurrentFile {
  readonly #disk: LogDisk;
  readonly #folder: string;
  readonly #prefix: string;
  readonly #largestBytes: number;
  readonly #onProblem: LogProblem;
  #opened: Opened | null = null;
  /** Where the last write ended: the same file opened again at that size goes on there, also in mid-line. */
  #leftAt: { readonly name: string; readonly sizeBytes: number } | null = null;
  /** How long the newest of the files were that were written to. */
  readonly #ends = new Map<string, number>();

  constructor(
    options: {
      readonly disk: LogDisk;
      readonly folder: string;
      readonly prefix: string;
      readonly largestBytes: number;
    },
    onProblem: LogProblem,
  ) {
    this.#disk = options.disk;
    this.#folder = options.folder;
    this.#prefix = options.prefix;
    this.#largestBytes = options.largestBytes;
    this.#onProblem = onProblem;
  }

  /** How long each file is that was written to since the start, the newest ones. */
  get position(): LogPosition {
    return Object.fromEntries(this.#ends);
  }

  /** Opens that day's newest file if there is one, which completes a line that a crash has torn. */
  async openExisting(day: string): Promise<void> {
    if (this.#opened?.day === day) return;
    await this.close();
    const part = await this.#newestPart(day);
    if (part !== null) await this.#open(day, part);
  }

  /**
   * Writes what is left of a chunk, keeping in it how far it got.
   * @throws Node's error; the chunk may then be written again, and goes on where it stopped
   */
  async write(chunk: Chunk): Promise<void> {
    const opened = await this.#fileFor(chunk);
    while (chunk.written < chunk.used) {
      const taken = await opened.file.write(chunk.data.subarray(chunk.written, chunk.used));
      chunk.written += taken;
      opened.sizeBytes += taken;
    }
    this.#noteEnd(opened);
  }

  /** Lets go of a file that fails or that somebody deleted; the next write opens it anew. */
  async release(): Promise<void> {
    const opened = this.#opened;
    if (opened === null) return;
    this.#opened = null;
    this.#leftAt = { name: opened.name, sizeBytes: opened.sizeBytes };
    await opened.file.close();
  }

  async releaseIfGone(): Promise<void> {
    if (this.#opened !== null && (await this.#opened.file.isGone())) await this.release();
  }

  /** Waits until the disk itself has everything, then closes. */
  async close(): Promise<void> {
    await this.#opened?.file.sync();
    await this.release();
  }

  async #fileFor(chunk: Chunk): Promise<Opened> {
    const opened = this.#opened;
    const isRightDay = opened !== null && opened.day === chunk.day;
    const isFull = isRightDay && chunk.written === 0 && opened.sizeBytes >= this.#largestBytes;
    if (isRightDay && !isFull) return opened;
    await this.close();
    const part = isFull ? opened.part + 1 : await this.#newestPart(chunk.day);
    const reopened = await this.#open(chunk.day, part ?? 0);
    if (chunk.written > 0 && !this.#wasLeftAt(reopened.name, reopened.file.openedBytes)) startAtLine(chunk);
    return reopened;
  }

  async #newestPart(day: string): Promise<number | null> {
    const parts = ownLogFiles(this.#prefix, await this.#disk.list(this.#folder))
      .filter((file) => file.day === day)
      .map((file) => file.part);
    return parts.length === 0 ? null : Math.max(...parts);
  }

  async #open(day: string, part: number): Promise<Opened> {
    const name = logFileName(this.#prefix, day, part);
    const file = await this.#disk.open(join(this.#folder, name));
    const opened = { file, name, day, part, sizeBytes: file.openedBytes };
    this.#opened = opened;
    if (file.openedTorn && !this.#wasLeftAt(name, file.openedBytes)) {
      opened.sizeBytes += await file.write(LINE_END);
      this.#onProblem('the last line of a log was cut off; it was ended, and the next one starts clean', {
        file: name,
      });
    }
    return opened;
  }

  #noteEnd({ name, sizeBytes }: Opened): void {
    this.#ends.delete(name);
    this.#ends.set(name, sizeBytes);
    const oldest = this.#ends.keys().next();
    if (this.#ends.size > MOST_ENDS && !oldest.done) this.#ends.delete(oldest.value);
  }

  #wasLeftAt(name: string, sizeBytes: number): boolean {
    return this.#leftAt?.name === name && this.#leftAt.sizeBytes === sizeBytes;
  }
}

/** Goes back to the start of the line that was being written: in a file that lacks its beginning it would be torn. */
function startAtLine(chunk: Chunk): void {
  chunk.written = chunk.data.lastIndexOf(0x0a, chunk.written - 1) + 1;
}

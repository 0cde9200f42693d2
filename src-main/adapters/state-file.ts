import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { Clock } from '../core/ports.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeDurably } from './document/durable-write.ts';

/** What a small file of the program's own state needs. */
export interface StateFileOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Told where the disk refuses; what was to be kept stays in memory. */
  readonly onProblem: (message: string) => void;
  /** What is lost then, for people: `sessions of the console`. */
  readonly what: string;
}

/** A private file that is written anew as a whole: at once, or after a while for what is not worth a write of its own. */
export class StateFile {
  readonly #options: StateFileOptions;
  #read: () => unknown = () => null;
  #takeBack: (() => void) | null = null;
  /** The write that has not begun yet; whoever asks meanwhile shares it. */
  #next: Promise<void> | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(options: StateFileOptions) {
    this.#options = options;
  }

  /** Writes what `read` gives when its turn comes. Never throws. @returns resolves when it was tried */
  save(read: () => unknown): Promise<void> {
    this.#read = read;
    this.#next ??= this.#last.then(async () => {
      this.#next = null;
      this.#takeBack?.();
      this.#takeBack = null;
      await this.#write();
    });
    this.#last = this.#next;
    return this.#next;
  }

  /** The same within a time, together with whatever comes until then. */
  saveWithin(read: () => unknown, delayMs: number): void {
    this.#read = read;
    this.#takeBack ??= this.#options.clock.after(delayMs, () => void this.save(this.#read));
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    if (this.#takeBack !== null) void this.save(this.#read);
    await this.#last;
  }

  async #write(): Promise<void> {
    const { path, onProblem, what } = this.#options;
    try {
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
      await writeDurably(path, JSON.stringify(this.#read()), PRIVATE_FILE);
    } catch (error) {
      onProblem(`${what} cannot be kept over a restart: ${String(error)}`);
    }
  }
}

/** What such a file holds; `null` where there is none, or it cannot be read, which is told. */
export async function readState<T>(
  { path, onProblem, what }: Pick<StateFileOptions, 'path' | 'onProblem' | 'what'>,
  schema: z.ZodType<T>,
): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) onProblem(`${what} could not be read, and are lost: ${String(error)}`);
    return null;
  }
}

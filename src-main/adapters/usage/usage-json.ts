import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import {
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  REAL_WRITE_CALLS,
  type WriteCalls,
  writeDurably,
} from '../document/durable-write.ts';

/** One JSON file, for lowdb: whole or not at all, whenever the program or the computer dies. */
class DurableJson implements Adapter<unknown> {
  readonly #path: string;
  readonly #calls: WriteCalls;

  constructor(path: string, calls: WriteCalls) {
    this.#path = path;
    this.#calls = calls;
  }

  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#path, 'utf8'));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  async write(content: unknown): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: PRIVATE_FOLDER });
    await writeDurably(this.#path, JSON.stringify(content), PRIVATE_FILE, this.#calls);
  }
}

/** Reads and writes the JSON files of a usage folder through lowdb. */
export class UsageJson {
  readonly #calls: WriteCalls;

  /** @param calls tests put failing ones in their place */
  constructor(calls: WriteCalls = REAL_WRITE_CALLS) {
    this.#calls = calls;
  }

  /** @returns `null` where there is no such file. @throws SyntaxError where it is torn, or the system's error */
  async read(path: string): Promise<unknown> {
    const low = new Low<unknown>(new DurableJson(path, this.#calls), null);
    await low.read();
    return low.data;
  }

  /** Replaces a file; it is on the disk when this resolves. @throws the system's error */
  async write(path: string, content: unknown): Promise<void> {
    const low = new Low<unknown>(new DurableJson(path, this.#calls), content);
    await low.write();
  }
}

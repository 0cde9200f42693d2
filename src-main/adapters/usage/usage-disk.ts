import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeDurably } from '../document/durable-write.ts';

/** One JSON file, for lowdb: whole or not at all, whenever the program or the computer dies. */
class DurableJson implements Adapter<unknown> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
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
    await writeDurably(this.#path, JSON.stringify(content), PRIVATE_FILE);
  }
}

/** The steps in which the files of a usage folder change; tests put one that dies between any two in its place. */
export class UsageDisk {
  /** @returns `null` where there is no such file. @throws SyntaxError where it is torn, or the system's error */
  async read(path: string): Promise<unknown> {
    const low = new Low<unknown>(new DurableJson(path), null);
    await low.read();
    return low.data;
  }

  /** Replaces a file; it is on the disk when this resolves. @throws the system's error */
  async write(path: string, content: unknown): Promise<void> {
    const low = new Low<unknown>(new DurableJson(path), content);
    await low.write();
  }

  /** @throws the system's error */
  async rename(from: string, to: string): Promise<void> {
    await rename(from, to);
  }

  /** Removes a file or a folder; what is not there is removed. @throws the system's error */
  async remove(path: string): Promise<void> {
    await rm(path, { force: true, recursive: true });
  }
}

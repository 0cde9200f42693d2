import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MapSection } from '../contract/document.ts';
import { ProxyError } from '../contract/errors.ts';
import type { RetiredIds } from '../core/control-ports.ts';
import { isObject } from '../core/same-value.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './document/durable-write.ts';

const nameOf = (section: string, id: string): string => `${section}/${id}`;

function readLine(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? [nameOf(String(value.section), String(value.id))] : [];
  } catch {
    // A line that a crash tore; its change was never acknowledged.
    return [];
  }
}

/** Ids of deleted records, one line each in an append-only file. */
class StoredRetiredIds implements RetiredIds {
  readonly #path: string;
  readonly #known: Set<string>;
  #needsNewline: boolean;
  #running: Promise<void> = Promise.resolve();

  constructor(path: string, text: string) {
    this.#path = path;
    this.#known = new Set(text.split('\n').flatMap(readLine));
    this.#needsNewline = text !== '' && !text.endsWith('\n');
  }

  has(section: MapSection, id: string): boolean {
    return this.#known.has(nameOf(section, id));
  }

  add(section: MapSection, ids: readonly string[]): Promise<void> {
    const result = this.#running.then(() => this.#write(section, ids));
    this.#running = result.catch(() => undefined);
    return result;
  }

  async #write(section: MapSection, ids: readonly string[]): Promise<void> {
    const fresh = ids.filter((id) => !this.has(section, id));
    if (fresh.length === 0) return;
    const lines = fresh.map((id) => `${JSON.stringify({ section, id })}\n`).join('');
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: PRIVATE_FOLDER });
      const file = await open(this.#path, 'a', PRIVATE_FILE);
      try {
        await file.write(this.#needsNewline ? `\n${lines}` : lines);
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      // Part of a line may be there.
      this.#needsNewline = true;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ProxyError('storage_failed', `the deletion could not be noted: ${reason}`, { cause: error });
    }
    this.#needsNewline = false;
    for (const id of fresh) this.#known.add(nameOf(section, id));
  }
}

/** Opens the list. @param path of its file, which need not be there. @throws the system's error where it cannot be read */
export async function openRetiredIds(path: string): Promise<RetiredIds> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return new StoredRetiredIds(path, text);
}

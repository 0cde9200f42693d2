import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MapSection } from '../contract/document.ts';
import { ProxyError } from '../contract/errors.ts';
import type { RetiredIds } from '../core/control-ports.ts';
import { plainReason, systemCode } from '../core/disk-words.ts';
import { isObject } from '../core/same-value.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './document/durable-write.ts';

const placeOf = (section: string, id: string): string => `${section}/${id}`;
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

function readLine(line: string): (readonly [place: string, name: string | null])[] {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return [];
    return [[placeOf(String(value.section), String(value.id)), textOrNull(value.name)]];
  } catch {
    // A line that a crash tore; its change was never acknowledged.
    return [];
  }
}

interface RetiredRecord {
  readonly id: string;
  readonly name: string | null;
}

/** Ids of deleted records, with the names they had, one line each in an append-only file; the last one counts. */
class StoredRetiredIds implements RetiredIds {
  readonly #path: string;
  /** Names by place. */
  readonly #known: Map<string, string | null>;
  #needsNewline: boolean;
  #running: Promise<void> = Promise.resolve();

  constructor(path: string, text: string) {
    this.#path = path;
    this.#known = new Map(text.split('\n').flatMap(readLine));
    this.#needsNewline = text !== '' && !text.endsWith('\n');
  }

  has(section: MapSection, id: string): boolean {
    return this.#known.has(placeOf(section, id));
  }

  nameOf(section: MapSection, id: string): string | null {
    return this.#known.get(placeOf(section, id)) ?? null;
  }

  add(...[section, ids, records = {}]: Parameters<RetiredIds['add']>): Promise<void> {
    const named = ids.map((id) => ({
      id,
      name: Object.hasOwn(records, id) && isObject(records[id]) ? textOrNull(records[id].name) : null,
    }));
    const result = this.#running.then(() => this.#write(section, named));
    this.#running = result.catch(() => undefined);
    return result;
  }

  async #write(section: MapSection, records: readonly RetiredRecord[]): Promise<void> {
    // A record that was put back by hand may go again, under another name.
    const fresh = records.filter(({ id, name }) => {
      return !this.has(section, id) || (name !== null && name !== this.nameOf(section, id));
    });
    if (fresh.length === 0) return;
    const lines = fresh
      .map(({ id, name }) => `${JSON.stringify({ section, id, ...(name === null ? {} : { name }) })}\n`)
      .join('');
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
      throw new ProxyError('storage_failed', `the deletion could not be noted: ${plainReason(error)}`, {
        cause: error,
      });
    }
    this.#needsNewline = false;
    for (const { id, name } of fresh) this.#known.set(placeOf(section, id), name);
  }
}

/**
 * Opens the list. One that cannot be read is told and taken for empty: no id is refused then, and deletions say why they
 * cannot be noted. @param path of its file, which need not be there
 */
export async function openRetiredIds(
  path: string,
  onProblem: (message: string) => void = () => undefined,
): Promise<RetiredIds> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT')
      onProblem(
        `the ids of deleted records in ${path} cannot be read: ${plainReason(error)}; put that right and start again`,
      );
    return '';
  });
  return new StoredRetiredIds(path, text);
}

import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MAP_SECTIONS, type MapSection } from '../contract/document.ts';
import { ProxyError } from '../contract/errors.ts';
import type { RetiredIds } from '../core/control-ports.ts';
import { plainReason, systemCode } from '../core/disk-words.ts';
import { isObject } from '../core/same-value.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './document/durable-write.ts';

const placeOf = (section: string, id: string): string => `${section}/${id}`;
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

function readLine(line: string): RetiredRecord[] {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return [];
    return [{ section: String(value.section), id: String(value.id), name: textOrNull(value.name) }];
  } catch {
    // A line that a crash tore; its change was never acknowledged.
    return [];
  }
}

interface RetiredRecord {
  readonly section: string;
  readonly id: string;
  readonly name: string | null;
}

/** The last one of each id counts. */
const recordsOf = (text: string): readonly RetiredRecord[] => {
  const read = text.split('\n').flatMap(readLine);
  return [...new Map(read.map((record) => [placeOf(record.section, record.id), record])).values()];
};

/** Ids of deleted records, with the names they had, one line each in an append-only file; the last one counts. */
class StoredRetiredIds implements RetiredIds {
  readonly #path: string;
  /** Names by place. */
  readonly #known: Map<string, string | null>;
  #needsNewline: boolean;
  #running: Promise<void> = Promise.resolve();

  constructor(path: string, text: string) {
    this.#path = path;
    this.#known = new Map(recordsOf(text).map(({ section, id, name }) => [placeOf(section, id), name]));
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
      section,
      id,
      name: Object.hasOwn(records, id) && isObject(records[id]) ? textOrNull(records[id].name) : null,
    }));
    // A record that was put back by hand may go again, under another name.
    return this.#inTurn(named, (name, known) => name !== null && name !== known);
  }

  merge(text: string): Promise<void> {
    const sections: readonly string[] = MAP_SECTIONS;
    const records = recordsOf(text).filter(({ section }) => sections.includes(section));
    return this.#inTurn(records, (name, known) => name !== null && known === null);
  }

  /** @param isNews whether another name of a known id is to be written */
  #inTurn(
    records: readonly RetiredRecord[],
    isNews: (name: string | null, known: string | null) => boolean,
  ): Promise<void> {
    const result = this.#running.then(() =>
      this.#write(
        records.filter(({ section, id, name }) => {
          const known = this.#known.get(placeOf(section, id));
          return known === undefined || isNews(name, known);
        }),
      ),
    );
    this.#running = result.catch(() => undefined);
    return result;
  }

  async #write(fresh: readonly RetiredRecord[]): Promise<void> {
    if (fresh.length === 0) return;
    const lines = fresh
      .map(({ name, ...place }) => `${JSON.stringify({ ...place, ...(name === null ? {} : { name }) })}\n`)
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
    for (const { section, id, name } of fresh) this.#known.set(placeOf(section, id), name);
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

import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PRIVATE_FOLDER, writeDurably } from './durable-write.ts';
import { hashOf } from './read-file.ts';

const MOST_KEPT = 10;
/** Of a burst of changes only the last is worth a place among so few. */
const LEAST_APART_MS = 60_000;

interface Backup {
  readonly path: string;
  readonly time: number;
}

/** The last valid versions of each file, newest first; bounded in number. */
export class Backups {
  readonly #folder: string;
  /** The hash of each file's newest backup, as far as this process has seen it. */
  readonly #last = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The backups of a file, newest first. */
  async list(file: string): Promise<readonly Backup[]> {
    const prefix = `${basename(file)}.`;
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
      .map((name) => ({ path: join(this.#folder, name), time: Number(name.slice(prefix.length)) }))
      .sort((a, b) => b.time - a.time);
  }

  /** Keeps this version, unless the newest backup is the same. */
  async add(file: string, data: Uint8Array, hash: string, nowMs: number): Promise<void> {
    if (this.#last.get(file) === hash) return;
    await mkdir(this.#folder, { recursive: true, mode: PRIVATE_FOLDER });
    const before = await this.list(file);
    const [newest, second] = before;
    const isKnown = this.#last.has(file) || newest === undefined;
    this.#last.set(file, hash);
    if (!isKnown && hashOf(await readFile(newest.path)) === hash) return;
    // Never an older name than the newest has, even if the clock was set back.
    const time = Math.max(nowMs, (newest?.time ?? 0) + 1);
    await writeDurably(join(this.#folder, `${basename(file)}.${time}`), data);
    const tooClose =
      newest !== undefined && second !== undefined && newest.time - second.time < LEAST_APART_MS;
    const stale = tooClose ? [newest, ...before.slice(MOST_KEPT)] : before.slice(MOST_KEPT - 1);
    for (const { path } of stale) await rm(path, { force: true });
  }
}

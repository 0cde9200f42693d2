import { copyFile, readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LogPosition } from '../../core/usage/log-position.ts';
import {
  type NamedPeriod,
  type NamedRollup,
  parsePeriodFileName,
  parseRollupFileName,
} from '../../core/usage/period-name.ts';
import {
  decodeTable,
  type UsageFile,
  UsageFileError,
  type UsageFileHead,
} from '../../core/usage/usage-file.ts';
import type { UsageTable } from '../../core/usage/usage-table.ts';
import { syncFolder } from '../document/durable-write.ts';
import type { UsageDisk } from './usage-disk.ts';
import { decodeLatest, LATEST_NAME, NOTHING_TO_DO, nextName, type UsageLatest } from './usage-latest.ts';

/** A period's file as it was read. */
export type ReadPeriod =
  | { readonly ok: true; readonly head: UsageFileHead; readonly table: UsageTable }
  | { readonly ok: false; readonly reason: string };

export interface FolderChange {
  readonly writes: ReadonlyMap<string, UsageFile>;
  readonly removes: readonly string[];
  readonly head: string | null;
  readonly commit: number;
  readonly position: LogPosition;
}

/**
 * The files of the usage folder, and how several of them change at once.
 *
 * A change of several files writes each new content beside the old (`….next`, durable), then `latest.json`, which names
 * them: this one atomic write is the commit. Then the new ones are renamed into place, the removed ones removed, and
 * `latest.json` is written again without the list. Killed before the commit, the `.next` files are left over and nothing
 * names them: they are deleted at the next start. Killed after it, the next start does what the list says; what was done
 * already is skipped, for a `.next` that is gone was renamed. Nothing else is written while a list stands.
 */
export class UsageFolder {
  readonly path: string;
  readonly #disk: UsageDisk;
  #latest: UsageLatest | null = null;
  #periods: readonly NamedPeriod[] = [];
  #rollups: readonly NamedRollup[] = [];

  constructor(path: string, disk: UsageDisk) {
    this.path = path;
    this.#disk = disk;
  }

  /** `null` where there is none, or none that can be read. */
  get latest(): UsageLatest | null {
    return this.#latest;
  }

  /** All periods there are, in no order. */
  get periods(): readonly NamedPeriod[] {
    return this.#periods;
  }

  /** The days whose hours are added up already. */
  get rollups(): readonly NamedRollup[] {
    return this.#rollups;
  }

  /** Looks at what is there without changing it. @returns why `latest.json` cannot be read, or `null` */
  async look(): Promise<string | null> {
    const found = await this.#list();
    this.#latest = null;
    let damage: string | null = null;
    try {
      const content = await this.#disk.read(join(this.path, LATEST_NAME));
      if (content !== null) this.#latest = decodeLatest(content);
    } catch (error) {
      damage = readFault(error);
    }
    const { promote, remove } = this.#latest?.journal ?? NOTHING_TO_DO;
    const names = new Set([...found, ...promote].filter((name) => !remove.includes(name)));
    this.#index(names);
    return damage;
  }

  /** Finishes what a crash has left half done. @throws the system's error */
  async finish(): Promise<void> {
    await this.#doJournal();
    const named = new Set(this.#latest?.journal.promote.map(nextName));
    for (const name of await this.#list()) {
      const isLeft = name.endsWith('.next') || name.endsWith('.tmp');
      if (isLeft && !named.has(name)) await this.#disk.remove(join(this.path, name));
    }
  }

  /** Reads a period. A content that waits to be renamed is the one that counts. */
  async read(name: string): Promise<ReadPeriod> {
    const isWaiting = this.#latest?.journal.promote.includes(name) === true;
    try {
      const waiting = isWaiting ? await this.#disk.read(join(this.path, nextName(name))) : null;
      return { ok: true, ...decodeTable(waiting ?? (await this.#disk.read(join(this.path, name)))) };
    } catch (error) {
      return { ok: false, reason: readFault(error) };
    }
  }

  /** Takes a period up that has no file any more and will have one again. */
  include(period: NamedPeriod): void {
    if (!this.#periods.some(({ name }) => name === period.name)) this.#periods = [...this.#periods, period];
  }

  /**
   * Rewrites the head alone.
   * @throws the system's error; either the old or the new content is then there
   */
  async writeHead(name: string, content: UsageFile): Promise<void> {
    await this.#doJournal();
    await this.#disk.write(join(this.path, name), content);
  }

  /**
   * Changes several files at once.
   * @throws the system's error; nothing is changed then. Where only tidying up failed it resolves and the next change goes on
   */
  async change({ writes, removes, head, commit, position }: FolderChange): Promise<void> {
    await this.#doJournal();
    for (const [name, content] of writes) await this.#disk.write(join(this.path, nextName(name)), content);
    const journal = { promote: [...writes.keys()], remove: removes };
    await this.#writeLatest({ v: 1, commit, head, log_offset: position, journal });
    const names = new Set([...this.#periods, ...this.#rollups].map(({ name }) => name));
    for (const name of writes.keys()) names.add(name);
    for (const name of removes) names.delete(name);
    this.#index(names);
    // It is committed: what is left over is done before the next change, or at the next start.
    await this.#doJournal().catch(() => undefined);
  }

  /** Copies a file that cannot be read, before another takes its place. @returns the copy's name; empty where there is no file */
  async keepCopy(name: string): Promise<string> {
    const copy = `${name}.damaged-${Date.now()}`;
    const isMade = await copyFile(join(this.path, name), join(this.path, copy)).then(
      () => true,
      ignoreMissing,
    );
    return isMade === true ? copy : '';
  }

  /** Passes a sum over that cannot be read; the hours it was made of are there. */
  forgetRollup(name: string): void {
    this.#rollups = this.#rollups.filter((rollup) => rollup.name !== name);
  }

  #index(names: ReadonlySet<string>): void {
    this.#periods = [...names].flatMap((name) => parsePeriodFileName(name) ?? []);
    this.#rollups = [...names].flatMap((name) => parseRollupFileName(name) ?? []);
  }

  async #doJournal(): Promise<void> {
    const latest = this.#latest;
    if (latest === null || (latest.journal.promote.length === 0 && latest.journal.remove.length === 0))
      return;
    for (const name of latest.journal.promote) {
      await this.#disk.rename(join(this.path, nextName(name)), join(this.path, name)).catch(ignoreMissing);
    }
    for (const name of latest.journal.remove) await this.#disk.remove(join(this.path, name));
    const folders = new Set([...latest.journal.promote, ...latest.journal.remove].map(dirname));
    for (const folder of folders) await this.#tidy(join(this.path, folder));
    await this.#writeLatest({ ...latest, journal: NOTHING_TO_DO });
  }

  /** Makes the names in a folder durable, or removes it where it is empty. */
  async #tidy(folder: string): Promise<void> {
    const isGone = await rmdir(folder).then(
      () => true,
      () => false,
    );
    // A start may find it gone already, where the one before died right behind this.
    if (!isGone) await syncFolder(folder).catch(ignoreMissing);
    await syncFolder(this.path);
  }

  async #writeLatest(latest: UsageLatest): Promise<void> {
    await this.#disk.write(join(this.path, LATEST_NAME), latest);
    this.#latest = latest;
  }

  /** Every file, by its name from here on, with `/` between. */
  async #list(): Promise<readonly string[]> {
    const entries = await readdir(this.path, { withFileTypes: true }).catch(noneIfMissing);
    const names = await Promise.all(
      entries.map(async (entry) => {
        if (!entry.isDirectory()) return [entry.name];
        const inner = await readdir(join(this.path, entry.name)).catch(noneIfMissing);
        return inner.map((name) => `${entry.name}/${name}`);
      }),
    );
    return names.flat();
  }
}

function readFault(error: unknown): string {
  if (error instanceof UsageFileError || error instanceof SyntaxError) return error.message;
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

function noneIfMissing(error: unknown): [] {
  ignoreMissing(error);
  return [];
}

import type { CountedHour } from '../../core/usage/counted-rows.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import {
  type NamedRollup,
  parsePeriodFileName,
  periodFileName,
  rollupFileName,
} from '../../core/usage/period-name.ts';
import { encodeTable } from '../../core/usage/usage-file.ts';
import { type UsageCalendar, type UsagePeriod, usageCalendar } from '../../core/usage/usage-period.ts';
import type { PeriodTable } from '../../core/usage/usage-report.ts';
import { EMPTY_TABLE, mergeTables, type UsageTable } from '../../core/usage/usage-table.ts';
import { type CachedPeriod, TableCache } from './table-cache.ts';
import { UnsettledRows } from './unsettled-rows.ts';
import type { UsageFolder } from './usage-folder.ts';

/** Something an admin should know about the counters. */
export type UsageProblem = (message: string, fields: Readonly<Record<string, string | number>>) => void;

/** Rows of a period, to be added to those of its file. */
export interface PeriodRows {
  readonly period: UsagePeriod;
  readonly timeZone: string;
  readonly table: UsageTable;
}

/** Counts a period from the request log, as far as the ledger has counted that. */
export type Rebuild = (period: UsagePeriod, ledger: UsageLedger) => Promise<UsageTable>;

export interface LedgerOptions {
  /** The zone of files whose own cannot be read any more. */
  readonly timeZone: string;
  /** Nothing is written then; what was counted again is kept in memory. */
  readonly isReadOnly: boolean;
  readonly onProblem: UsageProblem;
  readonly rebuild: Rebuild;
}

const MIB = 1024 * 1024;
/** A day of hours of a million requests takes 20. */
const CACHE_BYTES = 32 * MIB;

/**
 * The rows of all periods and how much of the request log they stand for.
 *
 * Rows come in as they are drained, and are asked for at once; they are in memory only. With the place in the log that is
 * behind all their requests they are settled: rows and place go to the disk in one atomic step, so that whatever
 * survives a crash is rows together with the place up to which the log is in them. A start counts what the log has
 * behind that place. Nothing is counted twice, because the place moves only together with the rows; nothing is lost,
 * because a request is in the log before its place is known.
 *
 * The step is one write where only the head's hour changes: the file holds rows and place. It is a change of several
 * files (`UsageFolder`) where another hour begins or a late request belongs to an earlier one; then the place stands in
 * `latest.json` too. The one of the two with the higher commit has the newest place.
 */
export class UsageLedger {
  readonly folder: UsageFolder;
  readonly #cache = new TableCache(CACHE_BYTES);
  readonly #calendars = new Map<string, UsageCalendar>();
  readonly #unsettled = new UnsettledRows();
  /** The zone of files whose own cannot be read any more. */
  readonly timeZone: string;
  readonly #isReadOnly: boolean;
  readonly #onProblem: UsageProblem;
  readonly #rebuild: Rebuild;
  #position: LogPosition = {};
  #commit = 0;
  #head: string | null = null;

  constructor(folder: UsageFolder, { timeZone, isReadOnly, onProblem, rebuild }: LedgerOptions) {
    this.#isReadOnly = isReadOnly;
    this.folder = folder;
    this.timeZone = timeZone;
    this.#onProblem = onProblem;
    this.#rebuild = rebuild;
  }

  /** What of the log is in the files. */
  get position(): LogPosition {
    return this.#position;
  }

  get commit(): number {
    return this.#commit;
  }

  get head(): string | null {
    return this.#head;
  }

  /** Goes on from where the files are. */
  begin(state: {
    readonly position: LogPosition;
    readonly commit: number;
    readonly head: string | null;
  }): void {
    this.#position = state.position;
    this.#commit = state.commit;
    this.#head = state.head;
    this.#cache.clear();
  }

  /** Goes on with other files in the same folder. What is not settled yet goes on waiting. @throws what `open` throws */
  async reopen(open: () => Promise<UsageLedger>): Promise<void> {
    const other = await open();
    await this.folder.look();
    this.begin(other);
  }

  /** Takes what was drained; it counts from now on. @param number of the draining, growing */
  add(number: number, hours: readonly CountedHour[]): void {
    this.#unsettled.add(number, hours);
  }

  /**
   * Brings what was drained up to a number to the disk, with the place in the log that is behind it.
   * @returns how large the head has become, in rows
   * @throws the system's error; nothing is settled then, and a later number settles it all the same
   */
  async settle(number: number, position: LogPosition): Promise<number> {
    const rows = this.#unsettled.upTo(number).map(({ startMs, untilMs, timeZone, table }) => ({
      period: { kind: 'hour', startMs, untilMs } as const,
      timeZone,
      table,
    }));
    if (rows.length > 0) await this.commitRows(rows, position);
    this.#unsettled.settled(number);
    return this.#head === null ? 0 : (this.#cache.get(this.#head)?.table.rows ?? 0);
  }

  /**
   * Adds rows to their periods' files.
   * @param removes files that are in those rows already
   * @throws the system's error; nothing is changed then
   */
  async commitRows(
    rows: readonly PeriodRows[],
    position: LogPosition,
    removes: readonly string[] = [],
  ): Promise<void> {
    const tables = new Map<string, PeriodRows>();
    for (const added of rows) {
      const name = periodFileName(added.period.kind, added.period.startMs, this.calendar(added.timeZone));
      const before = tables.get(name)?.table ?? (await this.#tableOf(name));
      tables.set(name, { ...added, table: mergeTables([before, added.table]) });
    }
    await this.#write(tables, position, removes);
  }

  /** A period's rows; those of one that cannot be read are counted anew from the log. @throws the system's error */
  async load(name: string): Promise<CachedPeriod> {
    const cached = this.#cache.get(name);
    if (cached !== undefined) return cached;
    const read = await this.folder.read(name);
    if (!read.ok) await this.#recount(name, read.reason);
    const period = read.ok ? read : this.#cache.get(name);
    if (period === undefined) throw new Error(`the usage file ${name} cannot be read`);
    this.#cache.set(name, period);
    return period;
  }

  /** Counts a period anew whose file cannot be read, which is kept beside it. @throws the system's error */
  async #recount(name: string, reason: string): Promise<void> {
    const named = parsePeriodFileName(name);
    if (named === null) return;
    const timeZone = this.timeZone;
    const { untilMs } = this.calendar(timeZone).periodAt(named.kind, named.startMs);
    const period = { kind: named.kind, startMs: named.startMs, untilMs };
    const table = await this.#rebuild(period, this);
    this.folder.include(named);
    const kept = this.#isReadOnly ? '' : await this.folder.keepCopy(name);
    this.#onProblem(
      'a usage file could not be read; it was counted again from what the request log still has',
      {
        file: name,
        reason,
        kept,
        requests: table.sums.requests.reduce((sum, requests) => sum + requests, 0),
      },
    );
    await this.#write(new Map([[name, { period, timeZone, table }]]), this.#position, []);
  }

  /** What is in no file yet. */
  get unsettled(): readonly PeriodTable[] {
    return this.#unsettled.hours;
  }

  /** The sum of some hours; `null` where it cannot be read, and then it is not there any more. @throws the system's error */
  async loadRollup(name: string): Promise<UsageTable | null> {
    const cached = this.#cache.get(name);
    if (cached !== undefined) return cached.table;
    const read = await this.folder.read(name);
    if (read.ok) this.#cache.set(name, read);
    else {
      this.folder.forgetRollup(name);
      this.#onProblem('a sum of hours could not be read; its hours are added up anew', {
        file: name,
        reason: read.reason,
      });
    }
    return read.ok ? read.table : null;
  }

  /** Keeps the sum of some hours beside them. @param day from the start of the first to the end of the last @throws the system's error */
  async commitRollup(day: UsagePeriod, timeZone: string, hours: readonly string[]): Promise<void> {
    const tables: UsageTable[] = [];
    for (const name of hours) tables.push((await this.load(name)).table);
    const name = rollupFileName(day.startMs, day.untilMs, this.calendar(timeZone));
    const rows = { period: day, timeZone, table: mergeTables(tables) };
    await this.#write(new Map([[name, rows]]), this.#position, []);
  }

  /** The calendar of a zone, made once. */
  calendar(timeZone: string): UsageCalendar {
    const known = this.#calendars.get(timeZone);
    if (known !== undefined) return known;
    const made = usageCalendar(timeZone);
    this.#calendars.set(timeZone, made);
    return made;
  }

  async #tableOf(name: string): Promise<UsageTable> {
    const isThere = this.folder.periods.some((period) => period.name === name);
    return isThere ? (await this.load(name)).table : EMPTY_TABLE;
  }

  /** Sums with an hour in them that changes or goes. They go in the same step, so that none is ever wrong. */
  #staleRollups(tables: ReadonlyMap<string, PeriodRows>, merged: readonly string[]): readonly string[] {
    const changed = [...tables.keys(), ...merged];
    return this.folder.rollups
      .filter((rollup) => !tables.has(rollup.name) && changed.some((name) => isIn(rollup, name)))
      .map(({ name }) => name);
  }

  async #write(
    tables: ReadonlyMap<string, PeriodRows>,
    position: LogPosition,
    merged: readonly string[],
  ): Promise<void> {
    const removes = [...merged, ...this.#staleRollups(tables, merged)];
    const commit = this.#commit + 1;
    const contents = [...tables].map(([name, { period, timeZone, table }]) => {
      const calendar = this.calendar(timeZone);
      const [start, end] = [calendar.timeText(period.startMs), calendar.timeText(period.untilMs)];
      return { name, table, head: { time_zone: timeZone, start, end, commit, log_offset: position } };
    });
    const before = this.#head;
    const head = nextHead(before, [...tables.keys()], removes);
    if (this.#isReadOnly) {
      for (const content of contents) this.#cache.set(content.name, content);
      return;
    }
    const only = contents.length === 1 && removes.length === 0 ? contents[0] : undefined;
    if (only !== undefined && only.name === before) {
      await this.folder.writeHead(before, encodeTable(only.head, only.table));
    } else {
      const writes = new Map(
        contents.map((content) => [content.name, encodeTable(content.head, content.table)]),
      );
      await this.folder.change({ writes, removes, head, commit, position });
    }
    this.#commit = commit;
    this.#position = position;
    this.#head = head;
    for (const name of removes) this.#cache.delete(name);
    for (const content of contents) this.#cache.set(content.name, content);
  }
}

/** Whether an hour's file is one of those that a sum is made of. */
const isIn = ({ startMs, untilMs }: NamedRollup, name: string): boolean => {
  const period = parsePeriodFileName(name);
  return period?.kind === 'hour' && period.startMs >= startMs && period.startMs < untilMs;
};

const startOf = (name: string): number => parsePeriodFileName(name)?.startMs ?? 0;

/** The newest hour that is written now is the one that will be written most often; days and months are not. */
function nextHead(
  before: string | null,
  written: readonly string[],
  removes: readonly string[],
): string | null {
  const hours = written.filter((name) => parsePeriodFileName(name)?.kind === 'hour');
  const newest = hours.sort((a, b) => startOf(b) - startOf(a))[0];
  if (newest !== undefined) return newest;
  return before !== null && removes.includes(before) ? null : before;
}

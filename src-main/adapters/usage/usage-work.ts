import type { UsageQuestion, UsageReport } from '../../core/control-ports.ts';
import type { CountedHour } from '../../core/usage/counted-rows.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import { addUpDays, compact } from './compact.ts';
import { catchUp, type LedgerPlace, openLedger, peekLedger } from './open-ledger.ts';
import { finishReplacing, replaceFolder } from './replace-folder.ts';
import { reportOf } from './report-of.ts';
import type { UsageDisk } from './usage-disk.ts';
import type { UsageLedger, UsageProblem } from './usage-ledger.ts';

/** Where the files are and whose hours they count; can be handed to another thread. */
export type UsagePlace = Omit<LedgerPlace, 'onProblem' | 'disk'>;

/** What the owner of the rows is asked to do, by kind. */
export interface UsageTasks {
  readonly open: { readonly place: UsagePlace; readonly readOnly: boolean };
  /** @param ends how long the log's files are; of a running program: when it began */
  readonly catch_up: { readonly ends: LogPosition };
  readonly add: { readonly number: number; readonly hours: readonly CountedHour[] };
  readonly settle: {
    readonly number: number;
    readonly position: LogPosition;
    /** Epoch milliseconds: how old is old. */
    readonly nowMs: number;
    /** Whether the clock may be believed when it says that something is old; left out, it may. */
    readonly mayCompact?: boolean;
    /** Whether the program stops: the place then stands in `latest.json` too. */
    readonly isLast: boolean;
  };
  readonly report: { readonly question: UsageQuestion; readonly timeZone: string };
  readonly replace: { readonly folder: string; readonly position: LogPosition };
}

export interface UsageAnswers {
  readonly open: null;
  /** How many requests were counted from the log. */
  readonly catch_up: number;
  readonly add: null;
  /** How many rows the present hour has. */
  readonly settle: number;
  readonly report: UsageReport;
  /** The name under which the folder that was replaced is kept. */
  readonly replace: string;
}

export type UsageTaskKind = keyof UsageTasks;

/** Whoever owns the rows: a thread of its own, or this one. */
export interface UsageOwner {
  /** False once it has died, with whatever it had not settled. */
  readonly isAlive: boolean;
  ask<K extends UsageTaskKind>(kind: K, task: UsageTasks[K]): Promise<UsageAnswers[K]>;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** Does what is asked of it, one thing after the other. */
export class UsageWork implements UsageOwner {
  readonly isAlive = true;
  readonly #onProblem: UsageProblem;
  readonly #disk: UsageDisk | undefined;
  #place: (UsagePlace & { readonly readOnly: boolean }) | null = null;
  #ledger: UsageLedger | null = null;
  #compactedHour = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(onProblem: UsageProblem, disk?: UsageDisk) {
    this.#onProblem = onProblem;
    this.#disk = disk;
  }

  ask<K extends UsageTaskKind>(kind: K, task: UsageTasks[K]): Promise<UsageAnswers[K]> {
    const done = this.#last.then(() => this.#does[kind](task));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.#last;
  }

  readonly #does: { readonly [K in UsageTaskKind]: (task: UsageTasks[K]) => Promise<UsageAnswers[K]> } = {
    open: ({ place, readOnly }) => this.#open(place, readOnly),
    catch_up: ({ ends }) => this.#catchUp(ends),
    add: async ({ number, hours }) => {
      this.#opened.add(number, hours);
      return null;
    },
    settle: async ({ number, position, nowMs, isLast, mayCompact }) => {
      const rows = await this.#opened.settle(number, position);
      if (isLast) await this.#opened.commitRows([], position);
      else if (mayCompact !== false) await this.#compactHourly(nowMs);
      return rows;
    },
    report: ({ question, timeZone }) => reportOf(this.#opened, question, timeZone),
    replace: ({ folder, position }) => this.#replace(folder, position),
  };

  get #openedPlace(): UsagePlace & { readonly readOnly: boolean } {
    if (this.#place === null) throw new Error('the usage files could not be opened');
    return this.#place;
  }

  get #opened(): UsageLedger {
    if (this.#ledger === null) throw new Error('the usage files could not be opened');
    return this.#ledger;
  }

  async #open(place: UsagePlace, readOnly: boolean): Promise<null> {
    const whole = this.#ledgerPlace(place);
    if (!readOnly) await finishReplacing(place.folder, this.#disk);
    this.#ledger = readOnly ? await peekLedger(whole) : await openLedger(whole);
    this.#place = { ...place, readOnly };
    return null;
  }

  async #catchUp(ends: LogPosition): Promise<number> {
    const { readOnly, ...place } = this.#openedPlace;
    return catchUp(this.#opened, this.#ledgerPlace(place), { ends, settles: !readOnly });
  }

  /** Not more often: it looks at every file's name. Never rejects: rows that were not put together are rows all the same. */
  async #compactHourly(nowMs: number): Promise<void> {
    const hour = Math.floor(nowMs / HOUR_MS);
    if (hour === this.#compactedHour) return;
    try {
      await compact(this.#opened, nowMs, this.#openedPlace.timeZone);
      await addUpDays(this.#opened, nowMs, this.#openedPlace.timeZone);
      this.#compactedHour = hour;
    } catch (error) {
      this.#onProblem('old usage files could not be put together', { reason: String(error) });
    }
  }

  async #replace(folder: string, position: LogPosition): Promise<string> {
    const place = this.#openedPlace;
    const kept = await replaceFolder(place.folder, folder, position, this.#disk);
    // What is counted but not settled yet was counted after the position, and goes on counting.
    await this.#opened.reopen(() => openLedger(this.#ledgerPlace(place)));
    return kept;
  }

  #ledgerPlace(place: UsagePlace): LedgerPlace {
    const whole = { ...place, onProblem: this.#onProblem };
    return this.#disk === undefined ? whole : { ...whole, disk: this.#disk };
  }
}

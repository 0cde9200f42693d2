import { mkdtemp, readdir } from 'node:fs/promises';
import { ProxyError } from '../../contract/errors.ts';
import { ClockTrust } from '../../core/clock-trust.ts';
import type { UsageQuestion, UsageReport } from '../../core/control-ports.ts';
import type { AppLog, Clock, RequestLog } from '../../core/ports.ts';
import type { CountedHour } from '../../core/usage/counted-rows.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import type { UsageCounting } from '../../core/usage/usage-counting.ts';
import { ownLogFiles } from '../log/log-disk.ts';
import { LOG_PREFIX, logEnds } from './replay-log.ts';
import type { UsageKeeping } from './usage-keeping.ts';
import { isUpToDate } from './usage-latest.ts';
import { UsageThread } from './usage-thread.ts';
import type { UsageOwner, UsagePlace } from './usage-work.ts';

export interface UsageKeeperOptions {
  /** The usage folder and that of the logs, absolute. */
  readonly folder: string;
  readonly logs: string;
  readonly clock: Clock;
  readonly log: Pick<AppLog, 'info' | 'warn' | 'error'>;
  readonly requestLog: Pick<RequestLog, 'mark'>;
  readonly counting: UsageCounting;
  /** Every name and glob in any channel's `models` and `model_map`, as they are now. */
  readonly models: () => readonly string[];
  /** Makes the owner of the rows; a thread where it is left out. */
  readonly owner?: () => UsageOwner;
}

/** How old a count may become before it is on the disk; what is not is counted from the log after a crash. */
const SETTLE_EVERY_MS = 10_000;
/** An hour of so many rows is some megabytes, which are not written six times a minute. */
const LARGE_ROWS = 20_000;
const SETTLE_LARGE_EVERY_MS = 60_000;
/** A thread costs memory, which an idle program does without. */
const IDLE_MS = 60_000;
/** So many ends are kept before those of files that are gone are dropped. */
const MANY_ENDS = 64;

const logUnwritable = (): ProxyError =>
  new ProxyError(
    'storage_failed',
    'the request log cannot be written now: make room on the disk, or make it writable',
  );

/** Opens the counters. Before anything is counted: what the log holds now is what an earlier run has logged. @throws the system's error */
export async function openUsage(options: UsageKeeperOptions): Promise<UsageKeeper> {
  // A last line that a crash has torn is ended by the log when it opens the file.
  await options.requestLog.mark();
  return new UsageKeeper(options, await logEnds(options.logs));
}

/** Brings what the hot path counts to the disk, and answers questions about it. */
export class UsageKeeper implements UsageKeeping {
  readonly #options: UsageKeeperOptions;
  readonly #counting: UsageCounting;
  /** How long each file of the log was when everything that was settled was in it. */
  #ends: LogPosition;
  /** Hours that were put together to days are hours no more. */
  readonly #trust: ClockTrust;
  #number = 0;
  #settledNumber = 0;
  /** What was drained and is not with the owner yet. */
  #pending: { readonly number: number; readonly hours: readonly CountedHour[] }[] = [];
  #owner: Promise<UsageOwner> | null = null;
  /** Whether the log holds what no owner has counted: that of an earlier run, or what an owner died with. */
  #mustCatchUp = true;
  /** Whether an owner died with rows that were handed to it. */
  #hasLostRows = false;
  #usedMs: number;
  #settledMs: number;
  #settleEveryMs = SETTLE_EVERY_MS;
  /** One at a time: settling, and what needs the folder to stand still. */
  #last: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;
  #cancelTick: () => void;

  constructor(options: UsageKeeperOptions, ends: LogPosition) {
    this.#options = options;
    this.#counting = options.counting;
    this.#trust = new ClockTrust(options.clock);
    this.#ends = ends;
    this.#usedMs = options.clock.monotonicMs();
    this.#settledMs = this.#usedMs;
    // Not at once: the request that made it so many is in the counters, and not in the log yet.
    this.#counting.onManyRows(() => options.clock.after(0, () => this.collect()));
    this.#cancelTick = this.#tickLater();
  }

  /** Counts what an earlier run has logged and not counted, where there is any. Never rejects. */
  async catchUp(): Promise<void> {
    if (await isUpToDate(this.#options.folder, this.#ends)) return;
    await this.#owned().catch((error: unknown) => this.#say('the usage counters could not be opened', error));
  }

  collect(): void {
    const hours = this.#counting.drain();
    if (hours.length === 0) return;
    this.#number += 1;
    this.#pending.push({ number: this.#number, hours });
  }

  async report(question: UsageQuestion): Promise<UsageReport> {
    const owner = await this.#owned();
    this.collect();
    this.#handOver(owner);
    return owner.ask('report', { question, timeZone: this.#counting.timeZone });
  }

  async freeze<T>(work: (folder: string) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      await this.#settleAll();
      return work(this.#options.folder);
    });
  }

  async replaceWith(folder: string): Promise<string> {
    return this.#alone(async () => {
      const position = await this.#settleAll();
      return (await this.#owned()).ask('replace', { folder, position });
    });
  }

  besideUsage(): Promise<string> {
    return mkdtemp(`${this.#options.folder}.restored-`);
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.#cancelTick();
    await this.#alone(async () => {
      this.collect();
      if (!this.#isSettled || this.#owner !== null) await this.#settle(true);
    }).catch((error: unknown) => this.#say('the usage counters could not be written at the end', error));
    const owner = await this.#owner?.catch(() => null);
    await owner?.close();
  }

  get #isSettled(): boolean {
    return this.#settledNumber === this.#number;
  }

  #tickLater(): () => void {
    return this.#options.clock.after(SETTLE_EVERY_MS, () => {
      this.#cancelTick = this.#tickLater();
      void this.#tick();
    });
  }

  /** What was counted is brought to the disk; where nothing was for a while, the thread ends. */
  async #tick(): Promise<void> {
    const nowMs = this.#options.clock.monotonicMs();
    this.collect();
    if (!this.#isSettled) {
      if (nowMs - this.#settledMs < this.#settleEveryMs - SETTLE_EVERY_MS / 2) return;
      await this.#alone(() => this.#settle()).catch((error: unknown) =>
        this.#say('the usage counters could not be written; they are kept in memory and tried again', error),
      );
      return;
    }
    if (this.#owner !== null && nowMs - this.#usedMs >= IDLE_MS) await this.#alone(() => this.#endIdle());
  }

  async #endIdle(): Promise<void> {
    this.collect();
    const isUsed = this.#options.clock.monotonicMs() - this.#usedMs < IDLE_MS;
    if (!this.#isSettled || this.#owner === null || isUsed) return;
    const owner = await this.#owner.catch(() => null);
    this.#owner = null;
    await owner?.close();
  }

  /** @throws Error where it cannot be done now */
  async #settleAll(): Promise<LogPosition> {
    if (!(await this.#settle())) throw logUnwritable();
    return this.#ends;
  }

  /**
   * Drains, and settles that with the place in the log behind it. Draining and marking happen in one go, so that the place is
   * behind every request that was drained and before every other.
   * @param isLast lets the next start see from `latest.json` alone that there is nothing to catch up with
   * @returns whether the log told its place
   */
  async #settle(isLast = false): Promise<boolean> {
    const owner = await this.#owned();
    this.collect();
    const number = this.#number;
    const marked = this.#options.requestLog.mark();
    this.#handOver(owner);
    const place = await marked;
    if (place === null) return false;
    const ends = await this.#withoutGone({ ...this.#ends, ...place });
    const nowMs = this.#options.clock.now();
    const rows = await owner.ask('settle', {
      number,
      position: ends,
      nowMs,
      isLast,
      mayCompact: this.#trust.isTrusted(),
    });
    this.#ends = ends;
    this.#settledNumber = number;
    this.#settledMs = this.#options.clock.monotonicMs();
    this.#settleEveryMs = rows > LARGE_ROWS ? SETTLE_LARGE_EVERY_MS : SETTLE_EVERY_MS;
    return true;
  }

  async #withoutGone(ends: LogPosition): Promise<LogPosition> {
    if (Object.keys(ends).length < MANY_ENDS) return ends;
    const names = new Set(ownLogFiles(LOG_PREFIX, await readdir(this.#options.logs)).map(({ name }) => name));
    return Object.fromEntries(Object.entries(ends).filter(([name]) => names.has(name)));
  }

  #handOver(owner: UsageOwner): void {
    for (const batch of this.#pending.splice(0)) {
      // Where it fails, so does what is asked next, and the log is counted again.
      owner.ask('add', batch).catch(() => undefined);
    }
  }

  /** The owner of the rows, which is started where there is none. @throws Error where it cannot open the files */
  async #owned(): Promise<UsageOwner> {
    this.#usedMs = this.#options.clock.monotonicMs();
    const starting = this.#owner;
    const owner = await (starting ?? this.#begin());
    if (owner.isAlive) return owner;
    this.#hasLostRows = true;
    return this.#owner === starting ? this.#begin() : this.#owned();
  }

  #begin(): Promise<UsageOwner> {
    const owner = this.#hasLostRows ? this.#startAgain() : this.#start();
    this.#owner = owner;
    owner.catch(() => {
      if (this.#owner === owner) this.#owner = null;
    });
    return owner;
  }

  /** After an owner died with rows that no file has: all that was drained until now is counted again from the log. */
  async #startAgain(): Promise<UsageOwner> {
    this.#mustCatchUp = true;
    this.collect();
    const number = this.#number;
    const place = await this.#options.requestLog.mark();
    if (place === null) throw logUnwritable();
    this.#pending = this.#pending.filter((batch) => batch.number > number);
    this.#ends = { ...this.#ends, ...place };
    const owner = await this.#start();
    this.#settledNumber = Math.max(this.#settledNumber, number);
    this.#hasLostRows = false;
    return owner;
  }

  async #start(): Promise<UsageOwner> {
    const { folder, logs, log, models } = this.#options;
    const make =
      this.#options.owner ?? (() => new UsageThread((message, fields) => log.warn(message, fields)));
    const owner = make();
    const place: UsagePlace = { folder, logs, timeZone: this.#counting.timeZone, models: models() };
    try {
      await owner.ask('open', { place, readOnly: false });
      const counted = this.#mustCatchUp ? await owner.ask('catch_up', { ends: this.#ends }) : 0;
      this.#mustCatchUp = false;
      if (counted > 0) log.info('requests were counted from the request log', { requests: counted });
      return owner;
    } catch (error) {
      await owner.close();
      throw error;
    }
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  #say(message: string, error: unknown): void {
    this.#options.log.error(message, { reason: error instanceof Error ? error.message : String(error) });
  }
}

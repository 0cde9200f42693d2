import { ClockTrust } from '../../core/clock-trust.ts';
import { type Calendar, calendar, type LocalDay } from '../../core/local-day.ts';
import type { Clock } from '../../core/ports.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import { CurrentFile, type LogProblem } from './current-file.ts';
import { DiskTrouble, reasonOf } from './disk-trouble.ts';
import { type Chunk, LineBuffer } from './line-buffer.ts';
import { type LogDisk, nodeLogDisk } from './log-disk.ts';
import { LogMarks } from './log-marks.ts';
import { expiredFiles, newestDay, removeAll } from './retention.ts';

/** How a log starts. Nothing is deleted before a retention is given, here or by `configure`: the settings may not be read yet. */
export interface DailyLogOptions extends LogSettings {
  /** The folder of all logs, absolute; made where it is missing. */
  readonly folder: string;
  /** Begins the names of its files: `requests` → `requests-2026-01-31.jsonl`. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly onProblem: LogProblem;
  readonly disk?: LogDisk;
  /** A file that has grown beyond this is followed by the next part; 256 MiB. */
  readonly largestBytes?: number;
  /** Lines beyond this many bytes in memory are dropped; 64 MiB. */
  readonly waitingLimitBytes?: number;
}

const DEFAULT_RETENTION_DAYS = 30;
const MIB = 1024 * 1024;
/** Long enough to write hundreds of lines at once, short enough to follow the log with `tail`. */
const WRITE_EVERY_MS = 25;
/** Where lines come faster than that, they do not wait for it. */
const WRITE_AT_BYTES = MIB;
const RETRY_EVERY_MS = 1000;
const MAINTAIN_EVERY_MS = 3_600_000;

/** What an admin may change while the program runs; what is left out has its default. */
export interface LogSettings {
  /** An IANA name; left out, the zone of the computer. */
  readonly timeZone?: string | undefined;
  /** How many days before today are kept; 30. */
  readonly retentionDays?: number | undefined;
}

/**
 * Lines appended to one file a day. Appending never waits and never throws: lines gather in memory, one write at
 * a time carries them away. While the disk fails they wait for it, up to a bound; beyond it they are dropped and counted.
 */
export class DailyLog {
  readonly #options: DailyLogOptions;
  readonly #clock: Clock;
  readonly #disk: LogDisk;
  readonly #file: CurrentFile;
  readonly #buffer: LineBuffer;
  readonly #trouble: DiskTrouble;
  readonly #marks = new LogMarks();
  readonly #trust: ClockTrust;
  #isTrustBegun = false;
  #hasSaidDoubt = false;
  /** As it was asked for; the calendar may know the zone by another name. */
  #timeZone: string | undefined;
  #calendar: Calendar;
  #day: LocalDay;
  #retentionDays: number | null;
  #needsMaintenance = true;
  #running: Promise<void> | null = null;
  /** When the last run ended, on the monotonic clock. */
  #ranAtMs = Number.NEGATIVE_INFINITY;
  #closing: Promise<void> | null = null;
  #cancelNextRun: (() => void) | null = null;
  #cancelMaintenance: () => void;

  constructor(options: DailyLogOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#trust = new ClockTrust(options.clock);
    this.#disk = options.disk ?? nodeLogDisk;
    this.#buffer = new LineBuffer(options.waitingLimitBytes ?? 64 * MIB);
    this.#trouble = new DiskTrouble(options.prefix, options.clock, options.onProblem);
    const largestBytes = options.largestBytes ?? 256 * MIB;
    this.#file = new CurrentFile({ ...options, disk: this.#disk, largestBytes }, options.onProblem);
    this.#retentionDays = options.retentionDays ?? null;
    this.#timeZone = options.timeZone;
    this.#calendar = this.#calendarFor(options.timeZone);
    this.#day = this.#calendar.dayAt(this.#clock.now());
    this.#cancelMaintenance = this.#maintainLater();
    void this.#run();
  }

  /** Lines lost since the log was opened. */
  get droppedLines(): number {
    return this.#trouble.droppedLines;
  }

  /** Adds one line, without its end. */
  append(line: string): void {
    if (this.#closing !== null) return;
    const nowMs = this.#clock.now();
    if (nowMs < this.#day.fromMs || nowMs >= this.#day.untilMs) this.#turnTo(nowMs);
    if (!this.#buffer.append(line, this.#day.name)) this.#trouble.dropped();
    else if (this.#buffer.bytes >= WRITE_AT_BYTES && !this.#trouble.isFailing) void this.#run();
    else this.#runSoon();
  }

  /** Follows the settings as they are now; unchanged ones cost nothing. */
  configure(settings: LogSettings): void {
    const retentionDays = settings.retentionDays ?? DEFAULT_RETENTION_DAYS;
    const isSame = settings.timeZone === this.#timeZone && retentionDays === this.#retentionDays;
    if (this.#closing !== null || isSame) return;
    if (settings.timeZone !== this.#timeZone) this.#calendar = this.#calendarFor(settings.timeZone);
    this.#timeZone = settings.timeZone;
    this.#retentionDays = retentionDays;
    this.#turnTo(this.#clock.now());
    this.#runIn(0);
  }

  /** Resolves when everything appended so far is with the operating system, or when the disk refused it. */
  async flush(): Promise<void> {
    await this.#running;
    if (this.#needsMaintenance || !this.#buffer.isEmpty) await this.#run();
  }

  /**
   * Resolves when everything appended before the call is with the operating system, with where each file ended then;
   * `null` where the disk refuses it now. What is appended later is not in that position, however soon it comes.
   */
  mark(): Promise<LogPosition | null> {
    const marked = this.#marks.at(this.#buffer.seal(), this.#file);
    if (this.#marks.areWaiting) void this.#run();
    return marked;
  }

  /** Writes what waits, makes sure that the disk has it, and takes no more. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.#cancelMaintenance();
    await this.flush();
    this.#cancelNextRun?.();
    const log = this.#options.prefix;
    if (!this.#buffer.isEmpty) {
      this.#options.onProblem('the log was closed before its last lines could be written', {
        log,
        lost_lines: this.#buffer.lines,
      });
    }
    await this.#file.close().catch((error: unknown) => {
      this.#options.onProblem('the log could not be closed properly', { log, reason: reasonOf(error) });
    });
  }

  #runIn(delayMs: number): void {
    if (this.#running !== null || this.#cancelNextRun !== null) return;
    this.#cancelNextRun = this.#clock.after(delayMs, () => void this.#run());
  }

  /** At once where the last write is long ago, so that a quiet log has nothing to lose in a crash. */
  #runSoon(): void {
    if (this.#running !== null || this.#cancelNextRun !== null) return;
    const sinceMs = this.#clock.monotonicMs() - this.#ranAtMs;
    this.#runIn(sinceMs >= WRITE_EVERY_MS ? 0 : WRITE_EVERY_MS - sinceMs);
  }

  /** Everything that touches the disk happens in here, and only once at a time. */
  #run(): Promise<void> {
    if (this.#running !== null) return this.#running;
    this.#cancelNextRun?.();
    this.#cancelNextRun = null;
    this.#running = this.#maintainAndWrite().then(() => {
      this.#running = null;
      this.#ranAtMs = this.#clock.monotonicMs();
      if (this.#marks.areWaiting) void this.#run();
      else if (!this.#buffer.isEmpty) this.#runIn(this.#trouble.isFailing ? RETRY_EVERY_MS : WRITE_EVERY_MS);
    });
    return this.#running;
  }

  async #maintainAndWrite(): Promise<void> {
    try {
      if (this.#needsMaintenance) await this.#maintain();
      await this.#file.releaseIfGone();
      await this.#writeWaiting();
      this.#trouble.written();
    } catch (error) {
      this.#trouble.failed(error, this.#buffer.lines);
      this.#marks.refused();
      await this.#file.release().catch(() => undefined);
    }
  }

  /** Writes what waits now. What comes meanwhile waits its turn: on a busy gateway it never ends coming. */
  async #writeWaiting(): Promise<void> {
    for (let left = this.#buffer.chunks; left > 0; left -= 1) {
      const chunk = this.#buffer.take();
      if (chunk === null) return;
      await this.#write(chunk);
    }
  }

  async #write(chunk: Chunk): Promise<void> {
    try {
      await this.#file.write(chunk);
      this.#marks.written(chunk.number, this.#file);
      this.#buffer.recycle(chunk);
    } catch (error) {
      this.#buffer.putBack(chunk);
      throw error;
    }
  }

  async #maintain(): Promise<void> {
    this.#needsMaintenance = false;
    if (this.#retentionDays !== null) await this.#forget(this.#retentionDays);
    await this.#file.openExisting(this.#day.name);
  }

  async #forget(retentionDays: number): Promise<void> {
    const isTrusted = await this.#isClockTrusted();
    const expired = await expiredFiles(this.#disk, this.#options, this.#day.name, retentionDays);
    if (!isTrusted && expired.length > 0 && !this.#hasSaidDoubt)
      this.#options.onProblem(
        'the clock was set; old files of a log are kept until it has run on for a day',
        {
          log: this.#options.prefix,
          files: expired.length,
        },
      );
    this.#hasSaidDoubt = !isTrusted;
    const failures = isTrusted ? await removeAll(this.#disk, expired) : [];
    if (failures.length > 0) {
      this.#options.onProblem('old files of a log could not be deleted', {
        log: this.#options.prefix,
        files: failures.length,
        reason: reasonOf(failures[0]),
      });
    }
  }

  /** Whether the clock may be believed: not where it jumped, or is far ahead of what earlier runs wrote. */
  async #isClockTrusted(): Promise<boolean> {
    if (!this.#isTrustBegun) {
      const newest = await newestDay(this.#disk, this.#options, this.#day.name);
      if (newest !== null) this.#trust.lastAlive(Date.parse(newest));
      this.#isTrustBegun = true;
    }
    return this.#trust.isTrusted();
  }

  /** An idle log has days to forget as well. */
  #maintainLater(): () => void {
    return this.#clock.after(MAINTAIN_EVERY_MS, () => {
      this.#cancelMaintenance = this.#maintainLater();
      this.#turnTo(this.#clock.now());
      this.#runIn(0);
    });
  }

  #turnTo(nowMs: number): void {
    this.#day = this.#calendar.dayAt(nowMs);
    this.#needsMaintenance = true;
  }

  #calendarFor(timeZone: string | undefined): Calendar {
    try {
      return calendar(timeZone);
    } catch {
      this.#options.onProblem('there is no such time zone; that of the computer is used', {
        log: this.#options.prefix,
        time_zone: timeZone,
      });
      return calendar();
    }
  }
}

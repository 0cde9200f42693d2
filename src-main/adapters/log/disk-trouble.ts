import type { Clock } from '../../core/ports.ts';
import type { LogProblem } from './current-file.ts';

const REMIND_EVERY_MS = 60_000;

/** Says when a log's disk begins to fail and when lines begin to be lost, once a minute that it still does, and at the end what it cost. */
export class DiskTrouble {
  readonly #log: string;
  readonly #clock: Clock;
  readonly #onProblem: LogProblem;
  #failingSinceMs: number | null = null;
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #dropped = 0;
  #droppedEver = 0;

  /** @param log the name by which the log is called in what is said */
  constructor(log: string, clock: Clock, onProblem: LogProblem) {
    this.#log = log;
    this.#clock = clock;
    this.#onProblem = onProblem;
  }

  /** Lines lost since the log was opened. */
  get droppedLines(): number {
    return this.#droppedEver;
  }

  get isFailing(): boolean {
    return this.#failingSinceMs !== null;
  }

  /** A write failed; it will be tried again. */
  failed(error: unknown, waitingLines: number): void {
    this.#failingSinceMs ??= this.#clock.monotonicMs();
    this.#say('the log cannot be written; its lines wait in memory', {
      reason: reasonOf(error),
      waiting_lines: waitingLines,
    });
  }

  /** A line was lost, because too many wait already. */
  dropped(): void {
    this.#dropped += 1;
    this.#droppedEver += 1;
    if (this.#dropped === 1) this.#saidAtMs = Number.NEGATIVE_INFINITY;
    this.#say('the disk does not keep up with the log; lines are being dropped', {});
  }

  /** Everything that waited is written. */
  written(): void {
    if (this.#failingSinceMs === null && this.#dropped === 0) return;
    const failedForMs = this.#clock.monotonicMs() - (this.#failingSinceMs ?? this.#clock.monotonicMs());
    this.#onProblem('the log is written again', {
      log: this.#log,
      failed_for_s: Math.round(failedForMs / 1000),
      dropped_lines: this.#dropped,
    });
    this.#failingSinceMs = null;
    this.#saidAtMs = Number.NEGATIVE_INFINITY;
    this.#dropped = 0;
  }

  #say(message: string, fields: Readonly<Record<string, string | number>>): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#saidAtMs < REMIND_EVERY_MS) return;
    this.#saidAtMs = nowMs;
    this.#onProblem(message, { log: this.#log, ...fields, dropped_lines: this.#dropped });
  }
}

/** Node's code for what a disk answered (`ENOSPC`), else the error's own words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

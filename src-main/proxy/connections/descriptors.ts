import type { Socket } from 'node:net';
import type { AppLog, Clock } from '../../core/ports.ts';

/** So many descriptors below the limit it counts as reached, and so many are made free: what is opened in a moment must fit, and log files too. */
export const RESERVE = 16;
/** It is logged at most so often. */
const QUIET_MS = 60_000;

/**
 * Notices that the process may hardly open more files and connections. At the limit itself libuv closes new
 * connections without telling anybody (`uv__emfile_trick`), so it is noticed a little before: systems give the
 * lowest free number to each descriptor (POSIX `accept`).
 */
export class Descriptors {
  /** How often a connection found the limit reached. */
  shortages = 0;
  readonly #log: AppLog;
  readonly #clock: Clock;
  #loggedMs = Number.NEGATIVE_INFINITY;

  constructor(log: AppLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @param most how many the process may have open, `null` where that is not known @returns whether there is hardly any left */
  isShort(socket: Socket, most: number | null): boolean {
    const descriptor: unknown = Reflect.get(Object(Reflect.get(socket, '_handle')), 'fd');
    if (most === null || typeof descriptor !== 'number' || descriptor < most - RESERVE) return false;
    this.note(most);
    return true;
  }

  /** The limit was reached. @param most as above */
  note(most: number | null): void {
    this.shortages += 1;
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#loggedMs < QUIET_MS) return;
    this.#loggedMs = nowMs;
    this.#log.warn(
      'the limit of open files is reached and new connections may fail: raise it where AIProxy is started (ulimit -n, LimitNOFILE=), or lower system.max_connections',
      { open_files_limit: most },
    );
  }
}

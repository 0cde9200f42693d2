import type { Clock } from './ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A wall clock that differs from the monotonic one by more has jumped. */
const JUMP_MS = HOUR_MS;
/** How long both must agree before what is old may be deleted again. */
const SETTLED_MS = DAY_MS;
/** A start so long after the last sign of life may be one with a wrong clock. */
const FAR_MS = 31 * DAY_MS;

/**
 * Whether the wall clock may be believed enough to delete something for its age. A clock that is set forward for a
 * minute would otherwise delete everything; what is kept a day longer harms nobody.
 */
export class ClockTrust {
  readonly #clock: Pick<Clock, 'now' | 'monotonicMs'>;
  /** The wall clock's time when the monotonic one began, by the last look. */
  #originMs: number;
  #trustedFromMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'now' | 'monotonicMs'>) {
    this.#clock = clock;
    this.#originMs = this.#origin();
  }

  /** Tells when an earlier run was last alive, in epoch milliseconds: a start far ahead of it is not believed at once. */
  lastAlive(epochMs: number): void {
    if (this.#clock.now() - epochMs > FAR_MS) this.#doubt();
  }

  /** Whether it may be believed now; to be asked whenever something would be deleted, and each hour at least. */
  isTrusted(): boolean {
    const originMs = this.#origin();
    if (Math.abs(originMs - this.#originMs) > JUMP_MS) this.#doubt();
    this.#originMs = originMs;
    return this.#clock.monotonicMs() >= this.#trustedFromMs;
  }

  #origin(): number {
    return this.#clock.now() - this.#clock.monotonicMs();
  }

  #doubt(): void {
    this.#trustedFromMs = this.#clock.monotonicMs() + SETTLED_MS;
  }
}

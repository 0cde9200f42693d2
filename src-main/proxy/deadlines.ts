import type { Clock } from '../core/ports.ts';

/** Something that gives up when its time is over. */
export interface Expiring {
  /** On the monotonic clock, milliseconds; `Infinity` for never. */
  deadlineMs: number;
  expire(): void;
}

/** How late a deadline may be noticed. Setting one costs an assignment; a timer per request would cost more. */
const SWEEP_MS = 200;

/** The requests that are under way, looked at together several times a second. */
export class Deadlines {
  readonly #active = new Set<Expiring>();
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;
  #emptied: (() => void)[] = [];
  /** The time of the last sweep: precise enough for timeouts of seconds, and free to read. */
  coarseMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.coarseMs = clock.monotonicMs();
    this.#schedule();
  }

  get size(): number {
    return this.#active.size;
  }

  add(expiring: Expiring): void {
    this.#active.add(expiring);
  }

  delete(expiring: Expiring): void {
    this.#active.delete(expiring);
    if (this.#active.size === 0 && this.#emptied.length > 0) this.#tellEmptied();
  }

  /** Resolves when nothing is under way. */
  whenEmpty(): Promise<void> {
    if (this.#active.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#emptied.push(resolve));
  }

  /** Ends whatever is still under way, each in its own way. */
  expireAll(): void {
    for (const expiring of [...this.#active]) expiring.expire();
  }

  stop(): void {
    this.#cancel();
  }

  #tellEmptied(): void {
    const waiting = this.#emptied;
    this.#emptied = [];
    for (const resolve of waiting) resolve();
  }

  #schedule(): void {
    this.#cancel = this.#clock.after(SWEEP_MS, () => {
      this.#sweep();
      this.#schedule();
    });
  }

  #sweep(): void {
    const now = this.#clock.monotonicMs();
    this.coarseMs = now;
    for (const expiring of this.#active) {
      if (expiring.deadlineMs > now) continue;
      expiring.deadlineMs = Number.POSITIVE_INFINITY;
      expiring.expire();
    }
  }
}

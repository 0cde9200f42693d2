import type { Clock } from '../core/ports.ts';

/** Something that gives up when its time is over. */
export interface Expiring {
  /** On the monotonic clock, milliseconds; `Infinity` for never. */
  deadlineMs: number;
  /** Its place in the list; -1 while it is in none. The list's own business. */
  slot: number;
  /** Whether it only ends in its own time and nobody waits for it. The list's own business. */
  lingers: boolean;
  /** When whoever asked for it may not have it any more, epoch milliseconds; `Infinity` for never. */
  allowedUntilMs: number;
  /** Whether it is a stream of events by now. */
  readonly streamed?: boolean;
  expire(): void;
  /** It is not allowed any more. */
  lapse(): void;
}

/** How late a deadline may be noticed. Setting one costs an assignment; a timer per request would cost more. */
const SWEEP_MS = 200;

/**
 * The requests that are under way, looked at together several times a second. They stand in an array in
 * which the last one takes the place of one that leaves: a `Set` that lives long and changes with every
 * request chains its outgrown tables, and the garbage collector then keeps finished requests for long.
 */
export class Deadlines<T extends Expiring = Expiring> {
  readonly #active: T[] = [];
  /** What is over for everybody but itself. */
  readonly #lingering: T[] = [];
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
    return this.#active.length;
  }

  /** How many are streams. Looks at each. */
  get streams(): number {
    return this.#active.reduce((sum, { streamed }) => (streamed === true ? sum + 1 : sum), 0);
  }

  add(expiring: T): void {
    this.#put(expiring, this.#active);
  }

  /** It is over for its client, and does not count as under way any more; its deadline still holds. */
  linger(expiring: T): void {
    this.delete(expiring);
    expiring.lingers = true;
    this.#put(expiring, this.#lingering);
  }

  #put(expiring: T, list: T[]): void {
    expiring.slot = list.length;
    list.push(expiring);
  }

  delete(expiring: T): void {
    const { slot } = expiring;
    if (slot < 0) return;
    expiring.slot = -1;
    const list = expiring.lingers ? this.#lingering : this.#active;
    expiring.lingers = false;
    const last = list.pop();
    if (last !== undefined && last !== expiring) {
      last.slot = slot;
      list[slot] = last;
    }
    if (this.#active.length === 0 && this.#emptied.length > 0) this.#tellEmptied();
  }

  /** Resolves when nothing is under way. */
  whenEmpty(): Promise<void> {
    if (this.#active.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#emptied.push(resolve));
  }

  /** Looks at everything that is under way. @param look may end it */
  each(look: (expiring: T) => void): void {
    for (const expiring of this.#active.slice()) look(expiring);
  }

  /** Ends what lingers. */
  endLingering(): void {
    for (const expiring of this.#lingering.slice()) expiring.expire();
  }

  /** Ends whatever is still under way, each in its own way. */
  expireAll(): void {
    this.each((expiring) => expiring.expire());
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
    const today = this.#clock.now();
    this.coarseMs = now;
    for (const expiring of [...this.#active, ...this.#lingering]) {
      if (expiring.slot < 0) continue;
      if (expiring.deadlineMs <= now) {
        expiring.deadlineMs = Number.POSITIVE_INFINITY;
        expiring.expire();
      } else if (expiring.allowedUntilMs <= today) {
        expiring.allowedUntilMs = Number.POSITIVE_INFINITY;
        expiring.lapse();
      }
    }
  }
}

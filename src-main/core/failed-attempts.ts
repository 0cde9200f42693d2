import { parseAddress, unmapped } from './ip-address.ts';
import type { Clock } from './ports.ts';

const WINDOW_MS = 60_000;
/** Addresses remembered at a time; the oldest is forgotten first. */
const MAX_ADDRESSES = 10_000;

interface Window {
  readonly endsMs: number;
  failures: number;
}

/** IPv6 callers own a /64, so that is what is counted. A dual-stack socket tells IPv4 callers as `::ffff:a.b.c.d`. */
function bucketOf(address: string): string {
  if (!address.includes(':')) return address;
  const bytes = parseAddress(address);
  return bytes === null ? address : unmapped(bytes).slice(0, 8).join('.');
}

/** Counts wrong credentials by address. A right one is never held up by it. */
export class FailedAttempts {
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;
  readonly #mostPerMinute: number;

  /** @param mostPerMinute how many an address may try within a minute before it is told to wait */
  constructor(clock: Clock, mostPerMinute: number) {
    this.#clock = clock;
    this.#mostPerMinute = mostPerMinute;
  }

  /** Counts one failure. @returns seconds to wait where the address has had too many, else `null` */
  note(address: string): number | null {
    const now = this.#clock.monotonicMs();
    const bucket = bucketOf(address);
    let window = this.#windows.get(bucket);
    if (window === undefined || window.endsMs <= now) {
      this.#windows.delete(bucket);
      window = { endsMs: now + WINDOW_MS, failures: 0 };
      this.#windows.set(bucket, window);
      this.#forgetOldest();
    }
    window.failures += 1;
    return window.failures > this.#mostPerMinute ? Math.ceil((window.endsMs - now) / 1000) : null;
  }

  #forgetOldest(): void {
    if (this.#windows.size <= MAX_ADDRESSES) return;
    const oldest = this.#windows.keys().next();
    if (!oldest.done) this.#windows.delete(oldest.value);
  }
}

import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import type { Clock } from '../../core/ports.ts';
import type { Exchange } from '../exchange.ts';
import { CLOSE, type Session } from './session.ts';

/** Often enough for pings after 30 s and for a close within 2 s of a change. */
const SWEEP_MS = 1_000;

/** The sessions that are open. */
export class Sessions {
  readonly #open = new Set<Session>();
  readonly #clock: Clock;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#open.size;
  }

  add(session: Session): void {
    this.#open.add(session);
    this.#cancel ??= this.#sweepLater();
  }

  delete(session: Session): void {
    this.#open.delete(session);
  }

  /** The exchanges of all open sessions, oldest first. */
  list(): readonly Exchange[] {
    return [...this.#open].map(({ exchange }) => exchange);
  }

  /** Closes what the new configuration does not allow any more. @param holderOf throws a ProxyError where it does not */
  review(holderOf: (exchange: Exchange) => Identity): void {
    for (const session of [...this.#open]) {
      try {
        session.renew(holderOf(session.exchange));
      } catch (error) {
        const code = error instanceof ProxyError ? error.code : 'internal_error';
        session.close(CLOSE.policy, code, code === 'internal_error' ? 'gateway_error' : 'client_error');
      }
    }
  }

  /** The program goes. */
  closeAll(): void {
    for (const session of [...this.#open])
      session.close(CLOSE.goingAway, 'the gateway is shutting down', 'success');
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #sweepLater(): () => void {
    return this.#clock.after(SWEEP_MS, () => {
      const nowMs = this.#clock.monotonicMs();
      for (const session of [...this.#open]) session.sweep(nowMs);
      this.#cancel = this.#open.size === 0 ? null : this.#sweepLater();
    });
  }
}

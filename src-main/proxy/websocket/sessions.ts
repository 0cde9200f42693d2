import type { Outcome } from '../../contract/request-record.ts';
import type { Identity } from '../../core/identity.ts';
import type { OpenWebSocket } from '../../core/open-websocket.ts';
import type { Clock } from '../../core/ports.ts';
import { CLOSE } from '../../core/websocket/close-code.ts';
import { toProxyError } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import { outcomeOfWithdrawal } from '../outcome.ts';
import { WriteTurn } from './write-turn.ts';

/** Often enough for pings after 30 s and for a close within 2 s of a change. */
const SWEEP_MS = 1_000;

/** A session as those see it who look after all of them. */
export interface OpenSession {
  readonly exchange: Exchange;
  /** What can be told of it now. */
  describe(): OpenWebSocket;
  /** Does what is due. @param nowMs on the monotonic clock */
  sweep(nowMs: number): void;
  /** Goes on under a new configuration. */
  renew(identity: Identity): void;
  close(code: number, reason: string, outcome: Outcome): void;
}

/** The sessions that are open. */
export class Sessions {
  /** When they write. */
  readonly turn = new WriteTurn();
  readonly #open = new Set<OpenSession>();
  readonly #clock: Clock;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#open.size;
  }

  add(session: OpenSession): void {
    this.#open.add(session);
    this.#cancel ??= this.#sweepLater();
  }

  delete(session: OpenSession): void {
    this.#open.delete(session);
  }

  /** All open sessions, oldest first. */
  list(): readonly OpenWebSocket[] {
    return [...this.#open].map((session) => session.describe());
  }

  /** Closes what the new configuration does not allow any more. @param holderOf throws a ProxyError where it does not */
  review(holderOf: (exchange: Exchange) => Identity): void {
    for (const session of [...this.#open]) this.reviewOne(session, holderOf);
  }

  /** The same for one session. */
  reviewOne(session: OpenSession, holderOf: (exchange: Exchange) => Identity): void {
    try {
      session.renew(holderOf(session.exchange));
    } catch (error) {
      const refusal = toProxyError(error);
      session.close(CLOSE.policy, refusal.code, outcomeOfWithdrawal(refusal));
    }
  }

  /** The program goes. */
  closeAll(): void {
    for (const session of [...this.#open]) this.farewell(session);
  }

  /** The same for one session. */
  farewell(session: OpenSession): void {
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

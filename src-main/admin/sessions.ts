import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/ports.ts';
import { hashAdminToken } from './admin-token.ts';

/** A session without a request for so long is over. */
const IDLE_MS = 12 * 3_600_000;
/** The longest a session lasts, however busy. */
const LIFE_MS = 7 * 24 * 3_600_000;
/** Sessions open at a time; the oldest is ended first. */
const MOST_OPEN = 1_000;
const TOKEN_BYTES = 24;
/** How every session's token begins. */
export const SESSION_PREFIX = 'as-';

interface Session {
  /** Hash of the admin token it was begun with: it ends when that token does. */
  readonly tokenHash: string;
  readonly endsMs: number;
  usedMs: number;
}

/** Who has signed in to the console. In memory, by hash: a restart or a new admin token ends all of them. */
export class Sessions {
  readonly #clock: Clock;
  readonly #open = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins a session. @param tokenHash of the admin token that was shown */
  begin(tokenHash: string): { readonly token: string; readonly expiresMs: number } {
    const token = `${SESSION_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const now = this.#clock.now();
    this.#forgetOver(now);
    this.#open.set(hashAdminToken(token), { tokenHash, endsMs: now + LIFE_MS, usedMs: now });
    return { token, expiresMs: now + LIFE_MS };
  }

  /**
   * Whether a session is open.
   * @param tokenHashes the admin tokens that count now
   * @param isUse whether asking keeps it open; what merely goes on does not
   */
  isOpen(token: string, tokenHashes: readonly string[], isUse = true): boolean {
    const hash = hashAdminToken(token);
    const session = this.#open.get(hash);
    if (session === undefined) return false;
    const now = this.#clock.now();
    if (isOver(session, now) || !tokenHashes.includes(session.tokenHash)) {
      this.#open.delete(hash);
      return false;
    }
    if (isUse) session.usedMs = now;
    return true;
  }

  end(token: string): void {
    this.#open.delete(hashAdminToken(token));
  }

  #forgetOver(nowMs: number): void {
    for (const [hash, session] of this.#open) {
      if (isOver(session, nowMs) || this.#open.size >= MOST_OPEN) this.#open.delete(hash);
    }
  }
}

const isOver = ({ endsMs, usedMs }: Session, nowMs: number): boolean =>
  nowMs >= endsMs || nowMs - usedMs >= IDLE_MS;

import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/ports.ts';
import type { SessionStore, StoredSession } from '../core/session-store.ts';
import { hashAdminToken } from './admin-token.ts';

const HOUR_MS = 3_600_000;
/** A session without a request for so long is over. */
const IDLE_MS = 12 * HOUR_MS;
/** The longest a session lasts, however busy. */
const LIFE_MS = 7 * 24 * HOUR_MS;
/** The same of one that is remembered on its computer, busy or idle. */
const REMEMBERED_MS = 30 * 24 * HOUR_MS;
/** Sessions open at a time; the oldest is ended first. */
const MOST_OPEN = 1_000;
const TOKEN_BYTES = 24;
const ID_BYTES = 12;
const MOST_AGENT = 256;
/** How every session's token begins. */
export const SESSION_PREFIX = 'as-';

/** What is known of who signs in. */
export interface NewSession {
  readonly boundTo: string;
  readonly remembered: boolean;
  readonly address: string | null;
  readonly agent: string | null;
}

/** Who has signed in to the console: in memory and in the store, by hash. */
export class Sessions {
  readonly #clock: Clock;
  readonly #store: SessionStore;
  /** By the token's hash, oldest first. */
  readonly #open: Map<string, StoredSession>;

  constructor(clock: Clock, store: SessionStore) {
    this.#clock = clock;
    this.#store = store;
    this.#open = new Map(store.kept.map((session) => [session.hash, { ...session }]));
  }

  /** Begins a session. */
  async begin(from: NewSession): Promise<{ readonly token: string; readonly session: StoredSession }> {
    const token = `${SESSION_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const now = this.#clock.now();
    this.#forgetOver(now);
    const session = {
      id: `ses_${randomBytes(ID_BYTES).toString('base64url')}`,
      hash: hashAdminToken(token),
      ...from,
      agent: from.agent?.slice(0, MOST_AGENT) ?? null,
      beganMs: now,
      endsMs: now + (from.remembered ? REMEMBERED_MS : LIFE_MS),
      usedMs: now,
    };
    this.#open.set(session.hash, session);
    await this.#save();
    return { token, session };
  }

  /**
   * The open session of a token, or `null`.
   * @param bound what sessions that are open now may be bound to
   * @param isUse whether asking keeps it open; what merely goes on does not
   */
  find(token: string, bound: readonly string[], isUse = true): StoredSession | null {
    const hash = hashAdminToken(token);
    const session = this.#open.get(hash);
    if (session === undefined) return null;
    const now = this.#clock.now();
    if (isOver(session, now) || !bound.includes(session.boundTo)) {
      this.#open.delete(hash);
      return null;
    }
    if (isUse) {
      session.usedMs = now;
      void this.#store.keep(this.#read, false);
    }
    return session;
  }

  /** Those that are open, the last used first. */
  list(bound: readonly string[]): readonly StoredSession[] {
    const now = this.#clock.now();
    return [...this.#open.values()]
      .filter((session) => !isOver(session, now) && bound.includes(session.boundTo))
      .sort((one, other) => other.usedMs - one.usedMs);
  }

  /** Ends those it is true of; when it resolves, a restart does not bring them back. @returns how many */
  async end(isOne: (session: StoredSession) => boolean): Promise<number> {
    const ended = [...this.#open.values()].filter(isOne);
    for (const { hash } of ended) this.#open.delete(hash);
    if (ended.length > 0) await this.#save();
    return ended.length;
  }

  readonly #read = (): readonly StoredSession[] => [...this.#open.values()];

  #save(): Promise<void> {
    return this.#store.keep(this.#read, true);
  }

  #forgetOver(nowMs: number): void {
    for (const [hash, session] of this.#open) {
      if (isOver(session, nowMs) || this.#open.size >= MOST_OPEN) this.#open.delete(hash);
    }
  }
}

const isOver = ({ endsMs, usedMs, remembered }: StoredSession, nowMs: number): boolean =>
  nowMs >= endsMs || (!remembered && nowMs - usedMs >= IDLE_MS);

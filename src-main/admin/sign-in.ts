import type { Context, MiddlewareHandler } from 'hono';
import type { Actor } from '../contract/audit.ts';
import type { AuditLog } from '../core/control-ports.ts';
import { FailedAttempts } from '../core/failed-attempts.ts';
import type { Clock } from '../core/ports.ts';
import type { SessionStore, StoredSession } from '../core/session-store.ts';
import { type AdminTokens, recognise } from './admin-token.ts';
import type { AdminEnv } from './api-router.ts';
import { refuse } from './console-error.ts';
import { type NewSession, SESSION_PREFIX, Sessions } from './sessions.ts';

/** Wrong tokens one address may try within a minute. */
const MOST_WRONG_TOKENS = 10;

/** The peer's address. */
export function peerOf(context: Context<AdminEnv>): string | null {
  return context.env.incoming.socket.remoteAddress ?? null;
}

/** The doorkeeper of the admin API: who may come in, and how often a stranger may knock. */
export class SignIn {
  readonly sessions: Sessions;
  readonly #tokens: AdminTokens;
  readonly #audit: AuditLog;
  readonly #wrong: FailedAttempts;

  constructor(tokens: AdminTokens, clock: Clock, audit: AuditLog, store: SessionStore) {
    this.sessions = new Sessions(clock, store);
    this.#tokens = tokens;
    this.#audit = audit;
    this.#wrong = new FailedAttempts(clock, MOST_WRONG_TOKENS);
  }

  /** Who shows this credential: an admin token, or a session's; `null`: nobody. */
  actorOf(credential: string, address: string | null): Actor | null {
    const token = recognise(credential, this.#tokens);
    if (token !== null) return { kind: token.kind, address };
    const session = this.sessions.find(credential, this.#bound);
    return session === null ? null : { kind: 'session', address, session: session.id };
  }

  /** Whether what was let in with this credential may go on. Asking does not count as using a session. */
  isStillGood(credential: string): boolean {
    return (
      recognise(credential, this.#tokens) !== null ||
      this.sessions.find(credential, this.#bound, false) !== null
    );
  }

  /** Those that are open. */
  list(): readonly StoredSession[] {
    return this.sessions.list(this.#bound);
  }

  /** What open sessions are bound to: every one to the stored admin token, some to this run's token as well. */
  get #bound(): readonly string[] {
    return [this.#boundTo(false), this.#boundTo(true)];
  }

  #boundTo(toRun: boolean): string {
    const { runHash, storedHash } = this.#tokens;
    return [storedHash() ?? '', ...(toRun ? [runHash] : [])].join('+');
  }

  /** Begins a session for who shows an admin token. @returns `null` for a wrong one */
  async begin(
    token: string,
    from: Pick<NewSession, 'remembered' | 'address' | 'agent'>,
  ): Promise<{ readonly token: string; readonly session: StoredSession } | null> {
    const known = recognise(token, this.#tokens);
    if (known === null) return null;
    // A token that an admin chose for this run (AIPROXY_ADMIN_TOKEN) is changed by choosing another one.
    const toRun = known.kind === 'run_token' && this.#tokens.isRunChosen;
    return this.sessions.begin({ boundTo: this.#boundTo(toRun), ...from });
  }

  /** Refuses a wrong credential, and counts it against its address. */
  async refuseWrong(context: Context<AdminEnv>): Promise<Response> {
    const address = peerOf(context);
    const waitS = this.#wrong.note(address ?? '');
    if (waitS !== null) {
      context.header('retry-after', String(waitS));
      return refuse(context, 'too_many_attempts', `Too many wrong admin tokens; try again in ${waitS} s.`);
    }
    await this.#audit.append({ actor: { kind: 'session', address }, action: 'session.refuse', target: null });
    return refuse(context, 'invalid_admin_token', 'This admin token or session is not valid.');
  }

  /** Lets through who shows an admin token or an open session as bearer. */
  readonly required: MiddlewareHandler<AdminEnv> = async (context, next) => {
    const credential = bearerOf(context.req.header('authorization'));
    if (credential === null) {
      return refuse(context, 'missing_admin_token', 'Send the admin token, or a session, as bearer.');
    }
    const actor = this.actorOf(credential, peerOf(context));
    // A session that is over is no guess: pages that ask on with it must not make their address wait.
    if (actor === null && credential.startsWith(SESSION_PREFIX)) {
      return refuse(context, 'invalid_admin_token', 'This session is over.');
    }
    if (actor === null) return this.refuseWrong(context);
    context.set('actor', actor);
    return next();
  };
}

/** The credential of an `Authorization: Bearer` header, or `null`. */
export function bearerOf(header: string | undefined): string | null {
  return /^bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

import type { RequestRecord } from '../contract/request-record.ts';

/** More often than this a last use is not noted: then a busy key costs a look at a table, and no change of it. */
const STEP_MS = 1_000;

/** When users and Proxy-Keys were last used, epoch milliseconds by id. */
export interface LastUses {
  readonly users: ReadonlyMap<string, number>;
  readonly keys: ReadonlyMap<string, number>;
}

/** The same, once what a crash left in the log alone was read. */
export interface KeptLastUses extends LastUses {
  /** Resolves when both are current. Reads the log at its first call only. */
  ready(): Promise<void>;
}

/** Keeps nothing. */
export const NO_LAST_USES: KeptLastUses = { users: new Map(), keys: new Map(), ready: async () => undefined };

/** What of a finished request says who used what. */
export type Use = Pick<RequestRecord, 'user' | 'key_id' | 'time'>;

/** Notes when users and Proxy-Keys were last used. A refused request counts too: somebody still has the key. */
export class LastUse implements LastUses {
  readonly users = new Map<string, number>();
  readonly keys = new Map<string, number>();

  /** @returns whether anything is newer than before */
  note({ user, key_id, time }: Use): boolean {
    const isUser = user !== null && later(this.users, user, time);
    const isKey = key_id !== null && later(this.keys, key_id, time);
    return isUser || isKey;
  }
}

function later(times: Map<string, number>, id: string, timeMs: number): boolean {
  const before = times.get(id);
  if (before !== undefined && timeMs < before + STEP_MS) return false;
  times.set(id, timeMs);
  return true;
}

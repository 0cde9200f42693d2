import type { Document, ProxyKey, User } from '../contract/document.ts';
import type { CandidateList } from './candidates.ts';
import { allowedByAll, listsOfKey, listsOfUser, type ModelList } from './permitted-models.ts';

/** Whoever holds a Proxy-Key: everything the pipeline wants to know of them, one map lookup away. */
export interface Identity {
  readonly user: string;
  /** `null` for anonymous access. */
  readonly keyId: string | null;
  readonly userActive: boolean;
  readonly keyActive: boolean;
  /** Epoch milliseconds; `Infinity` where the key does not expire. */
  readonly expiresAtMs: number;
  readonly ipAllowlist: readonly string[] | null;
  readonly candidates: CandidateList;
  /** Whether key, user and group allow a model; `null` where none of them has a list. */
  readonly models: ((model: string) => boolean) | null;
  /** The lists that `models` looks at, to say who refuses a model. */
  readonly modelLists: readonly ModelList[];
  readonly failover: boolean;
  /** A key that counts only when it comes from this computer: the central key service's, as user `me`. */
  readonly loopbackOnly: boolean;
}

/** The user under which a connection to a central key service is used on this computer. */
export const ME = 'me';

const timeMs = (time: string | undefined): number =>
  time === undefined ? Number.POSITIVE_INFINITY : Date.parse(time);

/** The channels a user and their group may use: ids, or `"*"` for all. */
export function permittedChannels(document: Document, user: User): '*' | readonly string[] {
  const group = user.group === undefined ? undefined : document.groups[user.group];
  const own = user.channels ?? [];
  const shared = group?.channels ?? [];
  if (own === '*' || shared === '*') return '*';
  return [...new Set([...own, ...shared])];
}

/** What a user's Proxy-Keys have in common. */
export interface Holder {
  readonly id: string;
  readonly user: User;
  readonly failover: boolean;
  readonly modelLists: readonly ModelList[];
}

/** A user with what their group adds, worked out once for all of their keys. */
export function holderOf(document: Document, id: string, user: User): Holder {
  const group = user.group === undefined ? undefined : document.groups[user.group];
  return {
    id,
    user,
    failover: user.failover ?? group?.failover ?? false,
    modelLists: listsOfUser(user, group),
  };
}

/** @param expiresAtMs of this spelling of the key: a rotated one ends earlier */
export function identityOf(
  holder: Holder,
  keyId: string,
  key: ProxyKey,
  candidates: CandidateList,
  expiresAtMs: number,
): Identity {
  const modelLists = [...listsOfKey(key), ...holder.modelLists];
  return {
    user: holder.id,
    keyId,
    userActive: holder.user.status !== 'disabled',
    keyActive: key.status !== 'disabled',
    expiresAtMs: Math.min(expiresAtMs, timeMs(key.expires_at)),
    ipAllowlist: holder.user.ip_allowlist ?? null,
    candidates,
    models: allowedByAll(modelLists),
    modelLists,
    failover: key.failover ?? holder.failover,
    loopbackOnly: false,
  };
}

/** Somebody without a key of their own: anonymous access, or `me`. */
export function keylessIdentity(
  { id, user, failover, modelLists }: Holder,
  candidates: CandidateList,
  loopbackOnly: boolean,
): Identity {
  return {
    user: id,
    keyId: null,
    userActive: user.status !== 'disabled',
    keyActive: true,
    expiresAtMs: Number.POSITIVE_INFINITY,
    ipAllowlist: user.ip_allowlist ?? null,
    candidates,
    models: allowedByAll(modelLists),
    modelLists,
    failover,
    loopbackOnly,
  };
}

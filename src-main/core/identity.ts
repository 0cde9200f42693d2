import type { Document, ProxyKey, User } from '../contract/document.ts';
import type { CandidateList } from './candidates.ts';
import { modelMatcher } from './model-glob.ts';

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
  /** Whether a model may be used: none where the key's list is empty; `null` where it has no list. */
  readonly models: ((model: string) => boolean) | null;
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

interface Holder {
  readonly id: string;
  readonly user: User;
  readonly failover: boolean;
}

/** @param expiresAtMs of this spelling of the key: a rotated one ends earlier */
export function identityOf(
  holder: Holder,
  keyId: string,
  key: ProxyKey,
  candidates: CandidateList,
  expiresAtMs: number,
): Identity {
  return {
    user: holder.id,
    keyId,
    userActive: holder.user.status !== 'disabled',
    keyActive: key.status !== 'disabled',
    expiresAtMs: Math.min(expiresAtMs, timeMs(key.expires_at)),
    ipAllowlist: holder.user.ip_allowlist ?? null,
    candidates,
    models: key.models?.length === 0 ? () => false : modelMatcher(key.models),
    failover: key.failover ?? holder.failover,
    loopbackOnly: false,
  };
}

/** Somebody without a key of their own: anonymous access, or `me`. */
export function keylessIdentity(
  id: string,
  user: User,
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
    models: null,
    failover: user.failover ?? false,
    loopbackOnly,
  };
}

import type { ProxyKey } from '../contract/document.ts';

/**
 * A Proxy-Key's record with another key in its place; the old one stays valid for the time of grace. Earlier ones
 * whose time is over are left out.
 */
export function rotatedKey(record: ProxyKey, newKey: string, nowMs: number, graceS: number): ProxyKey {
  const { previous = [], ...rest } = record;
  const valid = previous.filter(({ expires_at }) => Date.parse(expires_at) > nowMs);
  const old = { key: record.key, expires_at: new Date(nowMs + graceS * 1000).toISOString() };
  const kept = graceS > 0 ? [...valid, old] : valid;
  return { ...rest, key: newKey, ...(kept.length === 0 ? {} : { previous: kept }) };
}

import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { matchesCidr } from '../../core/ip-address.ts';
import type { Exchange } from '../exchange.ts';

/** More AIProxies in a row than anybody needs; beyond is a loop. */
export const MAX_HOPS = 4;

/**
 * Stage 4: whether this user and key may come in at all.
 * @param nowMs epoch milliseconds
 * @throws ProxyError `user_disabled`, `proxy_key_disabled`, `proxy_key_expired`, `ip_not_allowed`, `bad_request`
 */
export function gate(exchange: Exchange, identity: Identity, nowMs: number): void {
  if (!identity.userActive) throw new ProxyError('user_disabled', 'the user of this Proxy-Key is disabled');
  if (!identity.keyActive) throw new ProxyError('proxy_key_disabled', 'this Proxy-Key is disabled');
  if (identity.expiresAtMs <= nowMs) throw new ProxyError('proxy_key_expired', 'this Proxy-Key has expired');
  const allowed = identity.ipAllowlist;
  if (allowed !== null && !allowed.some((range) => matchesCidr(exchange.client, range))) {
    throw new ProxyError('ip_not_allowed', 'this Proxy-Key may not be used from this address');
  }
  if (hopsOf(exchange) > MAX_HOPS)
    throw new ProxyError('bad_request', 'the request has passed too many AIProxies: is there a loop?');
}

/** How many AIProxies the request has passed, this one included. */
export function hopsOf({ head }: Exchange): number {
  const before = head.hops === null ? 0 : Number(head.hops);
  return Number.isInteger(before) && before >= 0 ? before + 1 : MAX_HOPS + 1;
}

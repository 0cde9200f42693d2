import { ProxyError } from '../contract/errors.ts';
import type { Identity } from '../core/identity.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { toProxyError } from './answer.ts';
import { holderNow } from './client-secrets.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { gate } from './stages/gate.ts';

/**
 * Whoever holds the key of a running request or session under the configuration as it is now, provided that it may go on.
 * @throws ProxyError as the pipeline's first stages do
 */
export function holderOf(exchange: Exchange, gateway: Gateway): Identity {
  const { snapshot, clock } = gateway;
  const { channel, identity: before } = exchange;
  const identity = keyHolder(exchange, snapshot);
  if (identity === null || identity.user !== before?.user) {
    throw new ProxyError('invalid_proxy_key', 'the Proxy-Key is not known any more');
  }
  gate(exchange, identity, clock.now());
  if (channel === null) return identity;
  if (snapshot.channels.get(channel.id)?.active !== true) {
    throw new ProxyError('channel_unavailable', 'the channel is disabled or was deleted');
  }
  if (!identity.candidates.byId.has(channel.id)) {
    throw new ProxyError('channel_not_permitted', 'this key may not use the channel any more');
  }
  return identity;
}

function keyHolder(exchange: Exchange, snapshot: Snapshot): Identity | null {
  const { credential, clientSecret, identity: before } = exchange;
  if (before === null) return null;
  // A secret lasts for minutes and what it opened for longer, like at the platform; an upload's address needs no key: only
  // their holder counts now.
  if (clientSecret !== null || (credential === null && before.keyId !== null)) {
    return holderNow(before, snapshot);
  }
  const known = credential === null ? undefined : snapshot.keys.get(credential);
  return known ?? (before.keyId === null ? snapshot.anonymous : null);
}

/** Ends a request that the configuration as it is now would refuse; sessions are looked after by themselves. */
export function review(exchange: Exchange, gateway: Gateway): void {
  // Where it waits for its body, it is judged when that is there.
  if (exchange.identity === null || exchange.channel === null) return;
  try {
    holderOf(exchange, gateway);
  } catch (error) {
    exchange.withdraw(toProxyError(error));
  }
}

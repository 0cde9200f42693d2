import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { holderNow } from '../client-secrets.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { gate } from '../stages/gate.ts';

/**
 * Whoever holds a session's key under the configuration as it is now, provided that the session may go on.
 * @throws ProxyError as the pipeline's first stages do
 */
export function holderOf(exchange: Exchange, gateway: Gateway): Identity {
  const { snapshot, clock } = gateway;
  const { channel, identity: before } = exchange;
  exchange.snapshot = snapshot;
  const identity = keyHolder(exchange, snapshot);
  if (identity === null || identity.user !== before?.user) {
    throw new ProxyError('invalid_proxy_key', 'the Proxy-Key is not known any more');
  }
  gate(exchange, identity, clock.now());
  if (channel === null) return identity;
  if (!identity.candidates.byId.has(channel.id)) {
    throw new ProxyError('channel_not_permitted', 'this key may not use the channel any more');
  }
  if (snapshot.channels.get(channel.id)?.active !== true) {
    throw new ProxyError('channel_unavailable', 'the channel is disabled');
  }
  return identity;
}

function keyHolder(exchange: Exchange, snapshot: Snapshot): Identity | null {
  const { credential, clientSecret, identity: before } = exchange;
  // A secret lasts for minutes and the session that it opened for longer, like at the platform: only its holder counts now.
  if (clientSecret !== null) return before === null ? null : holderNow(before, snapshot);
  const known = credential === null ? undefined : snapshot.keys.get(credential);
  return known ?? (before?.keyId === null ? snapshot.anonymous : null);
}

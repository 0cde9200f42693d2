import type { CompiledChannel } from '../../core/compiled-channel.ts';

/** Where a channel lives, as the gateway would go there. Channels that share one are tried once. */
export interface ChannelTarget {
  readonly secure: boolean;
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** For TLS. */
  readonly serverName: string;
  readonly hostHeader: string;
  /** The path of the address; what is asked for. */
  readonly path: string;
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs: number;
}

/** Where a channel lives. @param channel one without fault */
export function targetOf(channel: CompiledChannel): ChannelTarget {
  const origin = new URL(channel.base.origin);
  const secure = origin.protocol === 'https:';
  const hostname = origin.hostname.replace(/^\[|\]$/g, '');
  return {
    secure,
    hostname,
    port: Number(origin.port) || (secure ? 443 : 80),
    serverName: channel.channel.host?.replace(/:\d+$/, '') ?? hostname,
    hostHeader: channel.hostHeader,
    path: channel.base.prefix === '' ? '/' : channel.base.prefix,
    allowPrivate: channel.allowPrivate,
    connectTimeoutMs: channel.connectTimeoutMs,
  };
}

/** The channels by where they live. */
export function byTarget(
  channels: readonly CompiledChannel[],
): ReadonlyMap<ChannelTarget, readonly CompiledChannel[]> {
  const known = new Map<string, ChannelTarget>();
  const groups = Map.groupBy(channels, (channel) => {
    const target = targetOf(channel);
    const name = JSON.stringify(target);
    const same = known.get(name) ?? target;
    known.set(name, same);
    return same;
  });
  return groups;
}

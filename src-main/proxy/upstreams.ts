import type { CompiledChannel } from '../core/compiled-channel.ts';
import type { PoolState, UpstreamFactory, UpstreamPool, UpstreamTarget } from '../core/ports.ts';

/** Where a channel's connections lead. */
export function targetOf(channel: CompiledChannel): UpstreamTarget {
  const name = channel.channel.host?.replace(/:\d+$/, '');
  return {
    origin: channel.base.origin,
    serverName: name === undefined || name === channel.base.hostname ? null : name,
    connectTimeoutMs: channel.connectTimeoutMs,
    allowPrivate: channel.allowPrivate,
  };
}

/**
 * The connections to all channels. A channel keeps its own across configuration changes that do not concern
 * where it lives. A request that began before such a change goes on to where its own channel lived, never
 * with one's key to the other's address.
 */
export class Upstreams {
  readonly #make: UpstreamFactory;
  /** By where they lead. */
  readonly #pools = new Map<string, { readonly channel: string; readonly pool: UpstreamPool }>();
  readonly #byChannel = new WeakMap<CompiledChannel, UpstreamPool>();

  constructor(make: UpstreamFactory) {
    this.#make = make;
  }

  poolOf(channel: CompiledChannel): UpstreamPool {
    const known = this.#byChannel.get(channel);
    if (known !== undefined) return known;
    const name = nameOf(channel);
    const pool = this.#pools.get(name)?.pool ?? this.#make(targetOf(channel));
    this.#pools.set(name, { channel: channel.id, pool });
    this.#byChannel.set(channel, pool);
    return pool;
  }

  /** Connections of their own for one trial of a channel, which may stand in no configuration; whoever asks destroys them. */
  apart(channel: CompiledChannel): UpstreamPool {
    return this.#make(targetOf(channel));
  }

  /** Closes the connections that lead where no channel lives any more; what is under way finishes. */
  keepOnly(channels: ReadonlyMap<string, CompiledChannel>): void {
    const kept = new Set([...channels.values()].map(nameOf));
    for (const [name, { pool }] of this.#pools) {
      if (kept.has(name)) continue;
      this.#pools.delete(name);
      void pool.close();
    }
  }

  /** The connections of each channel that has had some. */
  states(): ReadonlyMap<string, PoolState> {
    const states = new Map<string, PoolState>();
    for (const { channel, pool } of this.#pools.values()) states.set(channel, pool.state);
    return states;
  }

  async destroy(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map(({ pool }) => pool.destroy()));
  }
}

const nameOf = (channel: CompiledChannel): string => JSON.stringify([channel.id, targetOf(channel)]);

import type { CompiledChannel } from '../core/compiled-channel.ts';
import type { UpstreamFactory, UpstreamPool, UpstreamTarget } from '../core/ports.ts';

function targetOf(channel: CompiledChannel): UpstreamTarget {
  const name = channel.channel.host?.replace(/:\d+$/, '');
  return {
    origin: channel.base.origin,
    serverName: name === undefined || name === channel.base.hostname ? null : name,
    connectTimeoutMs: channel.connectTimeoutMs,
    allowPrivate: channel.allowPrivate,
  };
}

/** The connections to all channels. A channel keeps its own across configuration changes that do not concern them. */
export class Upstreams {
  readonly #make: UpstreamFactory;
  readonly #pools = new Map<string, { readonly signature: string; readonly pool: UpstreamPool }>();

  constructor(make: UpstreamFactory) {
    this.#make = make;
  }

  poolOf(channel: CompiledChannel): UpstreamPool {
    const known = this.#pools.get(channel.id);
    if (known !== undefined) return known.pool;
    const target = targetOf(channel);
    const pool = this.#make(target);
    this.#pools.set(channel.id, { signature: JSON.stringify(target), pool });
    return pool;
  }

  /** Closes the connections of channels that are gone or live elsewhere now; what is under way finishes. */
  keepOnly(channels: ReadonlyMap<string, CompiledChannel>): void {
    for (const [id, { signature, pool }] of this.#pools) {
      const channel = channels.get(id);
      if (channel !== undefined && JSON.stringify(targetOf(channel)) === signature) continue;
      this.#pools.delete(id);
      void pool.close();
    }
  }

  async destroy(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map(({ pool }) => pool.destroy()));
  }
}

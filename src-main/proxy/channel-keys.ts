import { createHash } from 'node:crypto';
import type { ChannelKey, CompiledChannel } from '../core/compiled-channel.ts';

/** Enough to tell a channel's few keys apart, and no help in finding one. */
const DIGEST_LENGTH = 16;
const MAX_TURN = 1_000_000;

/** Which of a channel's API keys a request goes with. */
export class ChannelKeys {
  #turn = 0;
  readonly #digests = new WeakMap<ChannelKey, string>();

  /**
   * The key that is bound to something the request names, else each key of the channel in its turn.
   * @param bound digest of a key; one that the channel no longer has counts for nothing
   */
  next({ keys }: CompiledChannel, bound: string | null): ChannelKey | null {
    if (keys.length <= 1) return keys[0] ?? null;
    const known = bound === null ? undefined : keys.find((key) => this.digestOf(key) === bound);
    if (known !== undefined) return known;
    this.#turn = (this.#turn + 1) % MAX_TURN;
    return keys[this.#turn % keys.length] ?? null;
  }

  /** A short hash by which a key is recognised after a restart. */
  digestOf(key: ChannelKey): string {
    const known = this.#digests.get(key);
    if (known !== undefined) return known;
    const digest = createHash('sha256').update(key.secret).digest('hex').slice(0, DIGEST_LENGTH);
    this.#digests.set(key, digest);
    return digest;
  }
}

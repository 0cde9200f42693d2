import type { ClockTrust } from '../../core/clock-trust.ts';
import type { Binding, Clock } from '../../core/ports.ts';

const NONE: readonly Binding[] = [];
/** Users who may hold the same id; the one who got it first goes first. */
const MAX_OWNERS = 16;

/** Bindings in memory, the least recently used ones first to go. */
export class BindingTable {
  readonly #byId = new Map<string, readonly Binding[]>();
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #trust: Pick<ClockTrust, 'isTrusted'>;
  /** Channels, users, keys and digests are few: one copy of each is enough. */
  readonly #texts = new Map<string, string>();

  /** @param limit ids that are kept at most. @param trust whether the clock may be believed when something expires */
  constructor(limit: number, clock: Clock, trust: Pick<ClockTrust, 'isTrusted'>) {
    this.#limit = limit;
    this.#clock = clock;
    this.#trust = trust;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): readonly Binding[] {
    const known = this.#byId.get(id);
    if (known === undefined) return NONE;
    const now = this.#clock.now();
    const alive = known.every(({ expires_at }) => expires_at > now)
      ? known
      : known.filter(({ expires_at }) => expires_at > now);
    // A Map keeps the order in which keys were added: used now means added last.
    this.#byId.delete(id);
    const kept = alive.length < known.length && this.#trust.isTrusted() ? alive : known;
    if (kept.length > 0) this.#byId.set(id, kept);
    return alive;
  }

  put(id: string, binding: Binding): void {
    const others = this.get(id).filter(({ user }) => user !== binding.user);
    const own: Binding = {
      channel: this.#shared(binding.channel),
      user: this.#shared(binding.user),
      api_key_digest: this.#shared(binding.api_key_digest),
      expires_at: binding.expires_at,
      ...(binding.key_id === undefined ? {} : { key_id: this.#shared(binding.key_id) }),
    };
    this.#byId.delete(id);
    this.#byId.set(id, [...others.slice(1 - MAX_OWNERS), own]);
    if (this.#byId.size <= this.#limit) return;
    const oldest = this.#byId.keys().next();
    if (!oldest.done) this.#byId.delete(oldest.value);
  }

  /** Every binding that has not expired, by a clock that may be believed, least recently used first. */
  *alive(): Generator<readonly [id: string, binding: Binding]> {
    const now = this.#trust.isTrusted() ? this.#clock.now() : Number.NEGATIVE_INFINITY;
    for (const [id, bindings] of [...this.#byId]) {
      for (const binding of bindings) if (binding.expires_at > now) yield [id, binding];
    }
  }

  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= this.#limit) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}

/** A value that is told apart from others by its names. */
export interface Counted<V> {
  readonly names: readonly string[];
  value: V;
}

/** Values by names, in the order in which they came. */
export class Series<V> {
  readonly #make: () => V;
  readonly #byKey = new Map<string, Counted<V>>();

  /** @param make what stands under names at first */
  constructor(make: () => V) {
    this.#make = make;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** What stands under these names; none of them may hold a line's end. */
  at(names: readonly string[]): Counted<V> {
    const key = names.join('\n');
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const counted = { names, value: this.#make() };
    this.#byKey.set(key, counted);
    return counted;
  }

  all(): Iterable<Counted<V>> {
    return this.#byKey.values();
  }
}

const EMPTY = new Uint8Array(0);

/**
 * Bytes that arrive in pieces, in one place: a piece that stays alone is never copied, and of many small ones
 * each byte is copied a few times at most, however many there are.
 */
export class GatheredBytes {
  #store: Uint8Array = EMPTY;
  #length = 0;
  /** Whether the store was made here: only then may be written behind the bytes. */
  #owned = false;

  get length(): number {
    return this.#length;
  }

  /** What was gathered, uncopied; it stays as it is whatever comes later. */
  view(): Uint8Array {
    return this.#store.subarray(0, this.#length);
  }

  append(piece: Uint8Array): void {
    if (this.#length === 0) {
      this.restart(piece);
      return;
    }
    const length = this.#length + piece.length;
    if (!this.#owned || length > this.#store.length) this.#grow(length);
    this.#store.set(piece, this.#length);
    this.#length = length;
  }

  /** Forgets what was gathered and begins with this. */
  restart(piece: Uint8Array = EMPTY): void {
    this.#store = piece;
    this.#length = piece.length;
    this.#owned = false;
  }

  /** The second piece gets just its place, as most come in two; from the third on there is room for more. */
  #grow(length: number): void {
    const store = new Uint8Array(this.#owned ? 2 * length : length);
    store.set(this.view());
    this.#store = store;
    this.#owned = true;
  }
}

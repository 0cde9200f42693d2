const NONE = new Uint8Array(0);
const SMALLEST = 256;

/**
 * Bytes that arrive in pieces, gathered in one place. The pieces are copied: kept as they came, a million pieces of
 * one byte would take two hundred times what they hold.
 */
export class GrowingBytes {
  #bytes = NONE;
  #length = 0;

  /** Bytes gathered so far. */
  get length(): number {
    return this.#length;
  }

  append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(SMALLEST, length, 2 * this.#bytes.length));
      wider.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = wider;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** Hands out what was gathered, and begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = NONE;
    this.#length = 0;
    return taken;
  }
}

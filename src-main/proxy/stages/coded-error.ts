import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Nobody explains an error at more length than this, coded or plain. */
const MAX_CODED_BYTES = 1024 * 1024;
const MAX_PLAIN_BYTES = 4 * 1024 * 1024;
const NOTHING = new Uint8Array(0);

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

const UNPACK: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
  ['zstd', zstdDecompressSync],
]);

/** An error answer that came coded: held until it is whole, then sent plain, so that a key in it is found. */
export class CodedError {
  readonly #unpack: Unpack | undefined;
  #chunks: Uint8Array[] = [];
  #size = 0;

  /** @param coding the value of `Content-Encoding` */
  constructor(coding: string) {
    this.#unpack = UNPACK.get(coding.trim().toLowerCase());
  }

  push(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size <= MAX_CODED_BYTES) this.#chunks.push(chunk);
    else this.#chunks = [];
  }

  /** The plain body; empty where it cannot be read, because what cannot be searched must not go on. */
  plain(): Uint8Array {
    if (this.#size === 0 || this.#size > MAX_CODED_BYTES || this.#unpack === undefined) return NOTHING;
    try {
      return this.#unpack(Buffer.concat(this.#chunks), { maxOutputLength: MAX_PLAIN_BYTES });
    } catch {
      return NOTHING;
    }
  }
}

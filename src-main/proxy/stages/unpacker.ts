import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { joinedBytes } from '../../core/joined-bytes.ts';

/** Nobody codes more often; each coding takes memory, and multiplies what a bomb costs. */
const MOST_CODINGS = 2;
/** A zstd frame may ask for this much memory beside what it unpacks to, as a power of two (bytes). */
const LARGEST_ZSTD_WINDOW = 25;
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: LARGEST_ZSTD_WINDOW } };
/** As much as tells zlib's format from bare DEFLATE. Bytes. */
const SIGN_BYTES = 2;
const NOTHING = new Uint8Array(0);

type Make = (first: Uint8Array) => Transform;

/** A zlib stream says so in its first two bytes (RFC 1950 §2.2); some servers send DEFLATE without it (RFC 9110 §8.4.1.2). */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

const MAKE: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', (first) => (isZlib(first) ? createInflate() : createInflateRaw())],
  ['br', () => createBrotliDecompress()],
  ['zstd', () => createZstdDecompress(ZSTD)],
]);

/** The codings that a `Content-Encoding` names, in the order in which they are taken off (RFC 9110 §8.4); `null` where one is unknown. */
function codingsOf(value: string): readonly Make[] | null {
  const names = value.toLowerCase().split(',');
  const makes: Make[] = [];
  for (const name of names.map((one) => one.trim()).reverse()) {
    if (name === '' || name === 'identity') continue;
    const make = MAKE.get(name);
    if (make === undefined || makes.length === MOST_CODINGS) return null;
    makes.push(make);
  }
  return makes;
}

/** Whether there is something to unpack. @param coding the value of `Content-Encoding` */
export const isCoded = (coding: string | null): coding is string =>
  coding !== null && codingsOf(coding)?.length !== 0;

/** Who gets what comes out. */
export interface Unpacking {
  plain(chunk: Uint8Array): void;
  /** What came cannot be unpacked; nothing more comes out. */
  failed(): void;
}

/** One coding, and those under it. */
class Layer {
  readonly #make: Make;
  readonly #below: Layer | null;
  readonly #owner: Unpacking;
  #decoder: Transform | null = null;
  /** What came before it was enough to choose a decoder. */
  #first: Uint8Array = NOTHING;
  #isOver = false;
  readonly #closed = Promise.withResolvers<void>();

  constructor(make: Make, below: Layer | null, owner: Unpacking) {
    this.#make = make;
    this.#below = below;
    this.#owner = owner;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver || chunk.length === 0) return true;
    if (this.#decoder !== null) return this.#decoder.write(chunk);
    this.#first = this.#first.length === 0 ? chunk : joinedBytes([this.#first, chunk]);
    return this.#first.length < SIGN_BYTES || this.#begin().write(this.#first);
  }

  #begin(): Transform {
    const decoder = this.#make(this.#first);
    this.#decoder = decoder;
    decoder.on('data', (chunk: Uint8Array) => this.#passOn(chunk, decoder));
    decoder.once('error', () => this.#owner.failed());
    decoder.once('close', () => {
      this.#isOver = true;
      this.#closed.resolve();
    });
    return decoder;
  }

  #passOn(chunk: Uint8Array, decoder: Transform): void {
    if (this.#below === null) this.#owner.plain(chunk);
    else if (!this.#below.write(chunk)) {
      decoder.pause();
      this.#below.onDrain(() => decoder.resume());
    }
  }

  onDrain(drained: () => void): void {
    this.#decoder?.once('drain', drained);
  }

  async caughtUp(): Promise<void> {
    const decoder = this.#decoder;
    if (decoder === null || this.#isOver) return;
    // Writes are worked off in order: when an empty one is, the others are.
    await Promise.race([
      this.#closed.promise,
      new Promise<void>((resolve) => decoder.write(NOTHING, () => setImmediate(resolve))),
    ]);
    await this.#below?.caughtUp();
  }

  async end(): Promise<void> {
    if (this.#isOver || (this.#decoder === null && this.#first.length === 0)) return;
    if (this.#decoder === null) this.#begin().write(this.#first);
    this.#decoder?.end();
    await this.#closed.promise;
    await this.#below?.end();
  }

  destroy(): void {
    this.#isOver = true;
    this.#decoder?.destroy();
    this.#below?.destroy();
  }
}

/** Takes the codings off a body as it comes: of a request, an answer or an error. */
export class Unpacker implements Unpacking {
  readonly #top: Layer;
  readonly #taker: Unpacking;
  #isOver = false;

  private constructor(makes: readonly Make[], top: Make, taker: Unpacking) {
    this.#taker = taker;
    const below = makes.reduceRight<Layer | null>((last, make) => new Layer(make, last, this), null);
    this.#top = new Layer(top, below, this);
  }

  /** @param coding the value of `Content-Encoding`; @returns `null` where it is none, or one that is not known here */
  static of(coding: string | null, taker: Unpacking): Unpacker | null {
    const [top, ...makes] = coding === null ? [] : (codingsOf(coding) ?? []);
    return top === undefined ? null : new Unpacker(makes, top, taker);
  }

  plain(chunk: Uint8Array): void {
    if (!this.#isOver) this.#taker.plain(chunk);
  }

  failed(): void {
    if (this.#isOver) return;
    this.destroy();
    this.#taker.failed();
  }

  /** @returns whether more may be written at once; if not, `onDrain` tells when */
  write(chunk: Uint8Array): boolean {
    return this.#top.write(chunk);
  }

  onDrain(drained: () => void): void {
    this.#top.onDrain(drained);
  }

  /** Resolves when all that was written has come out. */
  caughtUp(): Promise<void> {
    return this.#top.caughtUp();
  }

  /** Nothing more is written. Resolves when everything has come out. */
  end(): Promise<void> {
    return this.#top.end();
  }

  /** Nothing more is wanted, and nothing more comes. */
  destroy(): void {
    this.#isOver = true;
    this.#top.destroy();
  }
}

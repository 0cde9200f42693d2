import type { Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

/** Nobody codes more often; each takes memory. */
const MOST_CODINGS = 4;
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
  ['zstd', () => createZstdDecompress()],
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

/** One coding of an answer, and those under it. */
class Layer {
  readonly #make: Make;
  readonly #below: Layer | null;
  readonly #taker: Unpacking;
  #decoder: Transform | null = null;
  #isOver = false;
  readonly closed: Promise<void>;
  readonly #close: () => void;

  constructor(make: Make, below: Layer | null, taker: Unpacking) {
    this.#make = make;
    this.#below = below;
    this.#taker = taker;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#close = resolve;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver || chunk.length === 0) return true;
    this.#decoder ??= this.#begin(chunk);
    return this.#decoder.write(chunk);
  }

  #begin(first: Uint8Array): Transform {
    const decoder = this.#make(first);
    decoder.on('data', (chunk: Uint8Array) => {
      if (this.#below === null) this.#taker.plain(chunk);
      else this.#below.write(chunk);
    });
    decoder.once('error', () => {
      this.#isOver = true;
      this.#taker.failed();
    });
    decoder.once('close', () => {
      this.#isOver = true;
      this.#close();
    });
    return decoder;
  }

  onDrain(drained: () => void): void {
    this.#decoder?.once('drain', drained);
  }

  async caughtUp(): Promise<void> {
    const decoder = this.#decoder;
    if (decoder === null || this.#isOver) return;
    // Writes are worked off in order: when an empty one is, the others are.
    await Promise.race([
      this.closed,
      new Promise<void>((resolve) => decoder.write(NOTHING, () => setImmediate(resolve))),
    ]);
    await this.#below?.caughtUp();
  }

  async end(): Promise<void> {
    if (this.#decoder === null) return;
    if (!this.#isOver) this.#decoder.end();
    await this.closed;
    await this.#below?.end();
  }

  destroy(): void {
    this.#isOver = true;
    this.#decoder?.destroy();
    this.#below?.destroy();
  }
}

/** Takes the codings off an answer as it comes. */
export class Unpacker {
  readonly #top: Layer;

  private constructor(top: Layer) {
    this.#top = top;
  }

  /** @param coding the value of `Content-Encoding`; @returns `null` where it is none, or one that is not known here */
  static of(coding: string | null, taker: Unpacking): Unpacker | null {
    const makes = coding === null ? [] : (codingsOf(coding) ?? []);
    const top = makes.reduceRight<Layer | null>((below, make) => new Layer(make, below, taker), null);
    return top === null ? null : new Unpacker(top);
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

  /** Nothing more is wanted. */
  destroy(): void {
    this.#top.destroy();
  }
}

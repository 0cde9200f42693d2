import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';

/** Nobody codes a body more often; each coding multiplies what a bomb costs. */
const MOST_CODINGS = 2;
/** A zstd frame may ask for this much memory beside what it unpacks to, as a power of two (bytes). */
const LARGEST_ZSTD_WINDOW = 25;
const DEFLATE = 8;

/** How decoding ended. */
export type Decoded =
  | { readonly kind: 'plain'; readonly bytes: Uint8Array }
  /** A coding nobody knows, or bytes that are not what it says. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too large' }
  | { readonly kind: 'no memory' };

/** `deflate` means zlib's format (RFC 9110 §8.4.1.2), and is the bare one from some. */
const isZlib = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === DEFLATE && (first * 256 + second) % 31 === 0;

function decoderFor(coding: string, bytes: Uint8Array | null): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return bytes === null || isZlib(bytes) ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: LARGEST_ZSTD_WINDOW } });
    default:
      return null;
  }
}

/** The codings of a body in the order in which they were applied; none where it is plain. */
export const codingsOf = (contentEncoding: string | null): readonly string[] =>
  (contentEncoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');

/** Takes the content codings off a held body, within its user's share of the memory. Ends with `then`, called once. */
export class BodyDecoder implements Waiting {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #user: string;
  readonly #limitBytes: number;
  readonly #then: (decoded: Decoded) => void;
  readonly #chunks: Uint8Array[] = [];
  #decoders: readonly Transform[] = [];
  #size = 0;
  #over = false;

  /** @param limitBytes the longest plain body that is read */
  constructor(
    exchange: Exchange,
    gateway: Gateway,
    user: string,
    limitBytes: number,
    then: (decoded: Decoded) => void,
  ) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#user = user;
    this.#limitBytes = limitBytes;
    this.#then = then;
  }

  start(bytes: Uint8Array, codings: readonly string[]): void {
    const decoders = codings
      .toReversed()
      .map((coding, at) => decoderFor(coding, at === 0 ? bytes : null))
      .filter((decoder) => decoder !== null);
    const [first] = decoders;
    if (first === undefined || decoders.length !== codings.length || codings.length > MOST_CODINGS) {
      this.#end({ kind: 'unreadable' });
      return;
    }
    this.#exchange.waiting = this;
    this.#decoders = decoders;
    for (const decoder of decoders) decoder.on('error', () => this.#end({ kind: 'unreadable' }));
    const last = decoders.reduce((before, decoder) => before.pipe(decoder));
    last.on('data', (chunk: Uint8Array) => this.#take(chunk));
    last.on('end', () => this.#end({ kind: 'plain', bytes: Buffer.concat(this.#chunks) }));
    first.end(bytes);
  }

  #take(chunk: Uint8Array): void {
    if (this.#over) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#gateway.heldBodies.take(this.#exchange, this.#user, chunk.length);
    const { heldIn, heldShare } = this.#exchange;
    if (this.#size > this.#limitBytes) this.#end({ kind: 'too large' });
    else if (heldIn?.hasRoom(heldShare) === false) this.#end({ kind: 'no memory' });
  }

  leave(): void {
    this.#stop();
  }

  expire(): void {
    this.#end({ kind: 'no memory' });
  }

  #stop(): void {
    this.#over = true;
    this.#exchange.waiting = null;
    for (const decoder of this.#decoders) decoder.destroy();
  }

  #end(decoded: Decoded): void {
    if (this.#over) return;
    this.#stop();
    this.#then(decoded);
  }
}

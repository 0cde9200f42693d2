import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { Unpacker, type Unpacking } from './unpacker.ts';

/** How decoding ended. */
export type Decoded =
  | { readonly kind: 'plain'; readonly bytes: Uint8Array }
  /** A coding nobody knows, or bytes that are not what it says. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too large' }
  | { readonly kind: 'no memory' };

/** Takes the content codings off a held body, within its user's share of the memory. Ends with `then`, called once. */
export class BodyDecoder implements Waiting, Unpacking {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #user: string;
  readonly #limitBytes: number;
  readonly #then: (decoded: Decoded) => void;
  readonly #chunks: Uint8Array[] = [];
  #unpacker: Unpacker | null = null;
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

  /** @param coding the value of `Content-Encoding` */
  start(bytes: Uint8Array, coding: string): void {
    const unpacker = Unpacker.of(coding, this);
    if (unpacker === null) {
      this.failed();
      return;
    }
    this.#exchange.waiting = this;
    this.#unpacker = unpacker;
    unpacker.write(bytes);
    void unpacker.end().then(() => this.#end({ kind: 'plain', bytes: Buffer.concat(this.#chunks) }));
  }

  plain(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#gateway.heldBodies.take(this.#exchange, this.#user, chunk.length);
    const { heldIn, heldShare } = this.#exchange;
    if (this.#size > this.#limitBytes) this.#end({ kind: 'too large' });
    else if (heldIn?.hasRoom(heldShare) === false) this.#end({ kind: 'no memory' });
  }

  failed(): void {
    this.#end({ kind: 'unreadable' });
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
    this.#unpacker?.destroy();
  }

  #end(decoded: Decoded): void {
    if (this.#over) return;
    this.#stop();
    this.#then(decoded);
  }
}

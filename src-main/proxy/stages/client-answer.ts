import type { ServerResponse } from 'node:http';
import type { Clock } from '../../core/ports.ts';
import type { Exchange } from '../exchange.ts';

/** Answers of a declared length up to this leave in one piece, head and body together. */
const ONE_PIECE_BYTES = 64 * 1024;

/** Up to this size copying the body costs less than handing two pieces to the system. */
const AS_TEXT_BYTES = 16 * 1024;

/** An answer on its way to the client: holds what is small, streams what is not, and tells of back-pressure. */
export class ClientAnswer {
  readonly #res: ServerResponse;
  readonly #status: number;
  readonly #headers: string[];
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  readonly #parts: Uint8Array[] = [];
  #begun = false;
  bytes = 0;

  /**
   * @param headers names and values by turns
   * @param length the declared length in bytes, `null` where it is not known
   */
  constructor(exchange: Exchange, clock: Clock, status: number, headers: string[], length: number | null) {
    const { res } = exchange;
    this.#exchange = exchange;
    this.#clock = clock;
    this.#res = res;
    this.#status = status;
    this.#headers = headers;
    if (length !== null && length <= ONE_PIECE_BYTES) return;
    this.#begin();
    // A stream's client may wait for the head before there is a body.
    res.flushHeaders();
  }

  /** Whether the client may have seen something of it. */
  get begun(): boolean {
    return this.#begun;
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#res.writeHead(this.#status, this.#headers);
    this.#exchange.firstByteMs = this.#clock.monotonicMs();
  }

  /** @returns whether more may be written at once; if not, the response's `drain` tells when */
  write(chunk: Uint8Array): boolean {
    this.bytes += chunk.length;
    if (this.#begun) return this.#res.write(chunk);
    this.#parts.push(chunk);
    return true;
  }

  end(): void {
    this.#begin();
    const [only] = this.#parts;
    if (only === undefined) this.#res.end();
    else this.#endWith(this.#parts.length === 1 ? only : Buffer.concat(this.#parts));
  }

  /** As text of one byte a character, node:http writes head and body as one piece. */
  #endWith(body: Uint8Array): void {
    if (body.length > AS_TEXT_BYTES) this.#res.end(body);
    else this.#res.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), 'latin1');
  }
}

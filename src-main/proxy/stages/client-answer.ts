import type { ServerResponse } from 'node:http';

/** Answers of a declared length up to this leave in one piece, head and body together. */
const ONE_PIECE_BYTES = 64 * 1024;

/** An answer on its way to the client: holds what is small, streams what is not, and tells of back-pressure. */
export class ClientAnswer {
  readonly #res: ServerResponse;
  readonly #status: number;
  readonly #headers: string[];
  readonly #onFirstByte: () => void;
  readonly #parts: Uint8Array[] = [];
  #begun = false;
  bytes = 0;

  /**
   * @param headers names and values by turns
   * @param length the declared length in bytes, `null` where it is not known
   */
  constructor(
    res: ServerResponse,
    status: number,
    headers: string[],
    length: number | null,
    onFirstByte: () => void,
  ) {
    this.#res = res;
    this.#status = status;
    this.#headers = headers;
    this.#onFirstByte = onFirstByte;
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
    this.#onFirstByte();
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
    else this.#res.end(this.#parts.length === 1 ? only : Buffer.concat(this.#parts));
  }
}

import { ChunkedReader } from './chunked-reader.ts';

/** Finds the end of the answer to one request on a kept-alive connection, whatever its framing. */
export class AnswerReader {
  #pending = '';
  #status = 0;
  #bodyStart = -1;
  #length = 0;
  #chunks: ChunkedReader | null = null;

  /** The status of a complete answer, or `null` while it is under way. Every character is one byte. */
  push(piece: string): number | null {
    if (this.#chunks) this.#chunks.push(piece);
    else this.#pending += piece;
    if (this.#bodyStart < 0) this.#readHead();
    return this.#isComplete() ? this.#reset() : null;
  }

  #readHead(): void {
    const headEnd = this.#pending.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#pending.slice(0, headEnd);
    this.#status = Number(head.slice(9, 12));
    this.#bodyStart = headEnd + 4;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    this.#length = Number(length ?? 0);
    if (length !== undefined || !/\r\ntransfer-encoding: *chunked/i.test(head)) return;
    this.#chunks = new ChunkedReader();
    this.#chunks.push(this.#pending.slice(this.#bodyStart));
  }

  #isComplete(): boolean {
    if (this.#bodyStart < 0) return false;
    return this.#chunks ? this.#chunks.ended : this.#pending.length >= this.#bodyStart + this.#length;
  }

  #reset(): number {
    this.#pending = '';
    this.#bodyStart = -1;
    this.#chunks = null;
    return this.#status;
  }
}

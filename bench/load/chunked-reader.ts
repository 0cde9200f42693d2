/** Takes the chunked coding (RFC 9112 §7.1) off a body that arrives in any pieces. Every character is one byte. */
export class ChunkedReader {
  #pending = '';
  #ended = false;

  /** Whether the last chunk and the end of the trailers have come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What came after the end; belongs to the next answer. */
  get rest(): string {
    return this.#ended ? this.#pending : '';
  }

  /** The content that is complete with this piece. */
  push(piece: string): string {
    this.#pending += piece;
    let content = '';
    for (let chunk = this.#take(); chunk !== null; chunk = this.#take()) content += chunk;
    return content;
  }

  #take(): string | null {
    if (this.#ended) return null;
    const lineEnd = this.#pending.indexOf('\r\n');
    if (lineEnd < 0) return null;
    const length = Number.parseInt(this.#pending.slice(0, lineEnd), 16);
    if (length === 0) return this.#takeEnd(lineEnd);
    const end = lineEnd + 2 + length;
    if (this.#pending.length < end + 2) return null;
    const chunk = this.#pending.slice(lineEnd + 2, end);
    this.#pending = this.#pending.slice(end + 2);
    return chunk;
  }

  #takeEnd(lineEnd: number): null {
    const end = this.#pending.indexOf('\r\n\r\n', lineEnd);
    if (end < 0) return null;
    this.#ended = true;
    this.#pending = this.#pending.slice(end + 4);
    return null;
  }
}

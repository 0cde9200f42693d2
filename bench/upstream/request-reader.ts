/** A request as it came in. */
export interface ReceivedRequest {
  /** Request line and headers. */
  readonly head: string;
  readonly body: string;
}

/** The bytes are no request with a length; the connection has to be closed. */
export class UnreadableRequest extends Error {
  override readonly name = 'UnreadableRequest';
}

/** Cuts a connection's bytes into requests, however they arrive: in pieces, or several at once. */
export class RequestReader {
  #pending = '';

  /** What is complete with these bytes, in order. Every character stands for one byte. @throws UnreadableRequest */
  push(bytes: Buffer): readonly ReceivedRequest[] {
    this.#pending += bytes.toString('latin1');
    const requests: ReceivedRequest[] = [];
    for (let next = this.#take(); next; next = this.#take()) requests.push(next);
    return requests;
  }

  #take(): ReceivedRequest | null {
    const headEnd = this.#pending.indexOf('\r\n\r\n');
    if (headEnd < 0) return null;
    const head = this.#pending.slice(0, headEnd);
    const bodyStart = headEnd + 4;
    const bodyEnd = bodyStart + bodyLength(head);
    if (this.#pending.length < bodyEnd) return null;
    const body = this.#pending.slice(bodyStart, bodyEnd);
    this.#pending = this.#pending.slice(bodyEnd);
    return { head, body };
  }
}

function bodyLength(head: string): number {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (/\r\ntransfer-encoding:/i.test(head))
    throw new UnreadableRequest('only bodies with a length are read here');
  return 0;
}

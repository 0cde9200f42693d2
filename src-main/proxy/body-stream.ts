import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** What reads a body as it passes, and may add to it. */
export interface Passing {
  /** @returns the bytes to send on */
  push(chunk: Uint8Array): readonly Uint8Array[];
}

/**
 * A request body on its way through, with back-pressure. It stands between the client's message and the
 * platform's connection so that either may end without destroying the other: a refused upload still gets
 * its answer.
 */
export class BodyStream extends Readable {
  readonly #source: IncomingMessage;
  readonly #onBytes: (size: number) => void;
  /** What was read already and is not on its way yet. */
  #head: readonly Uint8Array[];
  #passing: Passing | null = null;

  /**
   * @param head what was read already
   * @param onBytes told of each chunk; may throw to end the stream (a body above its limit)
   */
  constructor(source: IncomingMessage, head: readonly Uint8Array[], onBytes: (size: number) => void) {
    super({ highWaterMark: 256 * 1024 });
    this.#source = source;
    this.#onBytes = onBytes;
    this.#head = head;
    source.on('data', this.#take);
    source.once('end', this.#finish);
    source.once('close', this.#vanish);
    source.pause();
  }

  /** Lets somebody read the body from its beginning; to be called before anybody takes it. */
  passThrough(passing: Passing): void {
    this.#passing = passing;
  }

  /** @returns whether more may come */
  #send(chunk: Uint8Array): boolean {
    if (this.#passing === null) return this.push(chunk);
    let wanted = true;
    for (const part of this.#passing.push(chunk)) if (part.length > 0) wanted = this.push(part);
    return wanted;
  }

  readonly #take = (chunk: Uint8Array): void => {
    try {
      this.#onBytes(chunk.length);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('request body refused'));
      return;
    }
    if (!this.#send(chunk)) this.#source.pause();
  };

  readonly #finish = (): void => {
    this.#sendHead();
    this.push(null);
  };

  readonly #vanish = (): void => {
    if (!this.#source.complete) this.destroy(new Error('the client left while it was sending'));
  };

  #sendHead(): void {
    const head = this.#head;
    this.#head = [];
    for (const chunk of head) this.#send(chunk);
  }

  override _read(): void {
    this.#sendHead();
    this.#source.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#source.off('data', this.#take);
    this.#source.off('end', this.#finish);
    this.#source.off('close', this.#vanish);
    done(error);
  }
}

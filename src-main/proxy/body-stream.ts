import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * A request body on its way through, with back-pressure. It stands between the client's message and the
 * platform's connection so that either may end without destroying the other: a refused upload still gets
 * its answer.
 */
export class BodyStream extends Readable {
  readonly #source: IncomingMessage;
  readonly #onBytes: (size: number) => void;

  /**
   * @param head what was read already
   * @param onBytes told of each chunk; may throw to end the stream (a body above its limit)
   */
  constructor(source: IncomingMessage, head: readonly Uint8Array[], onBytes: (size: number) => void) {
    super({ highWaterMark: 256 * 1024 });
    this.#source = source;
    this.#onBytes = onBytes;
    for (const chunk of head) this.push(chunk);
    source.on('data', this.#take);
    source.once('end', this.#finish);
    source.once('close', this.#vanish);
    source.pause();
  }

  readonly #take = (chunk: Uint8Array): void => {
    try {
      this.#onBytes(chunk.length);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('request body refused'));
      return;
    }
    if (!this.push(chunk)) this.#source.pause();
  };

  readonly #finish = (): void => {
    this.push(null);
  };

  readonly #vanish = (): void => {
    if (!this.#source.complete) this.destroy(new Error('the client left while it was sending'));
  };

  override _read(): void {
    this.#source.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#source.off('data', this.#take);
    this.#source.off('end', this.#finish);
    this.#source.off('close', this.#vanish);
    done(error);
  }
}

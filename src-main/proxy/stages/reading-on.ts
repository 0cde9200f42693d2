import type { UpstreamCall } from '../../core/ports.ts';
import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import type { AnswerRelay } from './answer-relay.ts';
import { record } from './record.ts';

/** So long, and so far, an answer is read on whose client has gone. */
const MOST_MS = 1_000;
const MOST_BYTES = 64 * 1024;

/**
 * An answer whose client left when it had all that mattered, or when only the usage was still to come: it is read to its
 * end, if that is near, so that what was used is counted and the connection to the platform can be used again.
 */
export class ReadingOn implements Waiting {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #relay: AnswerRelay;
  readonly #call: UpstreamCall | null;
  readonly #untilMs: number;
  #bytes = 0;
  #isOver = false;

  /** @param call the answer on its way */
  constructor(exchange: Exchange, gateway: Gateway, relay: AnswerRelay, call: UpstreamCall | null) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#relay = relay;
    this.#call = call;
    this.#untilMs = gateway.clock.monotonicMs() + MOST_MS;
    exchange.waiting = this;
    exchange.deadlineMs = this.#untilMs;
    gateway.deadlines.linger(exchange);
  }

  data(chunk: Uint8Array): void {
    if (this.#isOver) return;
    this.#relay.data(chunk);
    this.#exchange.deadlineMs = this.#untilMs;
    this.#bytes += chunk.length;
    if (this.#bytes > MOST_BYTES) this.expire();
  }

  /** The answer has ended, or everything of it was read that will be. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const exchange = this.#exchange;
    exchange.waiting = null;
    this.#relay.settle();
    record(exchange, this.#gateway);
    exchange.res.destroy();
  }

  leave(): void {}

  expire(): void {
    this.#call?.hangUp();
    this.end();
  }

  withdraw(): void {
    this.expire();
  }
}

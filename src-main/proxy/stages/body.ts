import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { BodyStream } from '../body-stream.ts';
import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';

/** A declared length up to this is held: fast, can be inspected, can be repeated. */
const HELD_ALWAYS_BYTES = 1024 * 1024;
/** Over all requests; beyond it bodies are streamed uninspected, or refused where they must be inspected. */
const HELD_TOTAL_BYTES = 512 * 1024 * 1024;
/** A client that stops sending in the middle of its body is given up after this. */
const STALLED_MS = 60_000;

/** Chunks smaller than this are put together by the thousand. */
const SMALL_BYTES = 4096;
const MOST_SMALL = 1024;

/** How much it matters to see the whole body before a channel is chosen. */
type Need = 'must' | 'should' | 'none';

const isJson = (contentType: string | null): boolean => contentType !== null && /json/i.test(contentType);

/**
 * Bodies must be seen where the model decides what is allowed or where it goes, and should be where usage is
 * counted (a stream tells its usage only when it is asked to) and where they may name ids.
 */
function needOf({ operation, head }: Exchange, identity: Identity): Need {
  if (operation === null) return 'none';
  if (operation.model === null && (identity.models !== null || identity.candidates.needsModel)) return 'must';
  const mayNameIds = operation.ids?.members != null && isJson(head.contentType);
  return operation.metered || mayNameIds ? 'should' : 'none';
}

const hasBody = ({ head }: Exchange): boolean =>
  head.transferEncoding !== null || (head.contentLength !== null && head.contentLength > 0);

/** What follows this stage; one of the two is called, once. */
export interface AfterBody {
  ready(exchange: Exchange, gateway: Gateway): void;
  failed(exchange: Exchange, gateway: Gateway, error: unknown): void;
}

/**
 * Stage 5: holds the body, or lets it stream. Calls back as soon as the next stage can go on.
 * Errors: `request_too_large`, `overloaded`, `bad_request`.
 */
export function readBody(exchange: Exchange, gateway: Gateway, identity: Identity, then: AfterBody): void {
  if (!hasBody(exchange)) {
    exchange.req.resume();
    then.ready(exchange, gateway);
    return;
  }
  const need = needOf(exchange, identity);
  const limit = limitOf(exchange, need, identity.candidates.maxInspected);
  if (need === 'must') refuseUnreadable(exchange, limit, gateway);
  if (exchange.expectsContinue) exchange.res.writeContinue();
  if (limit === 0) stream(exchange, gateway, [], then);
  else new BodyHolder(exchange, gateway, need, limit, then).start();
}

/** How much may be held, in bytes; 0: the body is streamed from its start. */
function limitOf({ head }: Exchange, need: Need, maxInspected: number): number {
  const length = head.contentLength;
  if (need === 'must') return maxInspected;
  if (length !== null && length <= HELD_ALWAYS_BYTES) return HELD_ALWAYS_BYTES;
  if (need === 'none' || head.contentEncoding !== null) return 0;
  return length !== null && length > maxInspected ? 0 : maxInspected;
}

function refuseUnreadable({ head }: Exchange, limit: number, gateway: Gateway): void {
  if (head.contentEncoding !== null && head.contentEncoding.toLowerCase() !== 'identity') {
    throw new ProxyError(
      'bad_request',
      'the body is encoded, and this Proxy-Key needs it to be read: send it plain',
    );
  }
  if (head.contentLength !== null && head.contentLength > limit) throw tooLarge(limit);
  if (gateway.heldBytes + (head.contentLength ?? 0) > HELD_TOTAL_BYTES) {
    throw new ProxyError('overloaded', 'too many large requests at once', { retryAfterS: 5 });
  }
}

const tooLarge = (limit: number): ProxyError =>
  new ProxyError('request_too_large', `the body is larger than the ${limit} bytes that are allowed`);

function stream(exchange: Exchange, gateway: Gateway, head: readonly Uint8Array[], then: AfterBody): void {
  const source = new BodyStream(exchange.req, head, (size) => {
    exchange.bytesIn += size;
    const { channel } = exchange;
    if (channel === null) return;
    if (exchange.bytesIn > channel.maxBody) throw tooLarge(channel.maxBody);
    // The platform's time to answer begins when it has the whole request.
    if (exchange.firstByteMs === null) exchange.deadlineMs = gateway.deadlines.coarseMs + channel.timeoutMs;
  });
  // Whoever sends the body hears of its end; nobody else must crash on it.
  source.on('error', () => undefined);
  exchange.body = { kind: 'streamed', stream: source, length: exchange.head.contentLength };
  then.ready(exchange, gateway);
}

/** Collects a body; gives it back as one piece, or lets it stream where it turns out too large to hold. */
class BodyHolder implements Waiting {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #need: Need;
  readonly #limit: number;
  readonly #then: AfterBody;
  readonly #chunks: Uint8Array[] = [];
  #small: Uint8Array[] = [];

  constructor(exchange: Exchange, gateway: Gateway, need: Need, limit: number, then: AfterBody) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#need = need;
    this.#limit = limit;
    this.#then = then;
  }

  start(): void {
    const { req } = this.#exchange;
    req.on('data', this.#take);
    req.on('end', this.#finish);
    this.#exchange.waiting = this;
    this.#awaitMore();
  }

  leave(): void {
    this.#detach();
  }

  expire(): void {
    this.#exchange.req.destroy();
  }

  #awaitMore(): void {
    this.#exchange.deadlineMs = this.#gateway.deadlines.coarseMs + STALLED_MS;
  }

  readonly #take = (chunk: Uint8Array): void => {
    if (chunk.length < SMALL_BYTES) this.#keepSmall(chunk);
    else this.#keepLarge(chunk);
    this.#exchange.bytesIn += chunk.length;
    this.#exchange.heldBytes += chunk.length;
    this.#gateway.heldBytes += chunk.length;
    if (this.#exchange.heldBytes > this.#limit || this.#gateway.heldBytes > HELD_TOTAL_BYTES) this.#tooMuch();
    else this.#awaitMore();
  };

  /** A chunk costs a few hundred bytes beside its own: thousands of tiny ones are put together. */
  #keepSmall(chunk: Uint8Array): void {
    this.#small.push(chunk);
    if (this.#small.length >= MOST_SMALL) this.#joinSmall();
  }

  #keepLarge(chunk: Uint8Array): void {
    this.#joinSmall();
    this.#chunks.push(chunk);
  }

  #joinSmall(): void {
    if (this.#small.length === 0) return;
    const [only] = this.#small;
    this.#chunks.push(this.#small.length === 1 && only !== undefined ? only : Buffer.concat(this.#small));
    this.#small = [];
  }

  readonly #finish = (): void => {
    this.#detach();
    this.#joinSmall();
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
    this.#exchange.body = { kind: 'held', bytes, text: bytes };
    this.#then.ready(this.#exchange, this.#gateway);
  };

  #tooMuch(): void {
    this.#detach();
    this.#joinSmall();
    const exchange = this.#exchange;
    if (this.#need === 'must') {
      this.#then.failed(exchange, this.#gateway, tooLarge(this.#limit));
      return;
    }
    giveBack(exchange, this.#gateway);
    stream(exchange, this.#gateway, this.#chunks, this.#then);
  }

  #detach(): void {
    const { req } = this.#exchange;
    req.off('data', this.#take);
    req.off('end', this.#finish);
    this.#exchange.waiting = null;
    this.#exchange.deadlineMs = Number.POSITIVE_INFINITY;
  }
}

/** The body is no longer held. */
export function giveBack(exchange: Exchange, gateway: Gateway): void {
  gateway.heldBytes -= exchange.heldBytes;
  exchange.heldBytes = 0;
}

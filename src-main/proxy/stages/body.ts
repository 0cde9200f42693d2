import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { BodyStream } from '../body-stream.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { SMALL_BYTES } from '../held-bodies.ts';
import { BodyDecoder, type Decoded } from './body-decoder.ts';
import { type AfterHolding, BodyHolder, noMemory } from './body-holder.ts';
import { isCoded } from './unpacker.ts';

/** How much it matters to see the whole body before a channel is chosen. */
type Need = 'must' | 'should' | 'none';

const isJson = (contentType: string | null): boolean => contentType !== null && /json/i.test(contentType);

const mayNameIds = ({ operation, head }: Exchange): boolean =>
  operation?.ids?.members != null && isJson(head.contentType);

/**
 * Bodies must be seen where the model decides what is allowed or where it goes, and should be where usage is
 * counted (a stream tells its usage only when it is asked to) and where they may name ids.
 */
function needOf(exchange: Exchange, identity: Identity): Need {
  const { operation } = exchange;
  if (operation === null) return 'none';
  if (operation.model === null && (identity.models !== null || identity.candidates.needsModel)) return 'must';
  return operation.metered || mayNameIds(exchange) ? 'should' : 'none';
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
  const limitBytes = limitOf(exchange, need, identity.candidates.maxInspected);
  const length = exchange.head.contentLength;
  if (need === 'must' && length !== null && length > limitBytes) throw tooLarge(limitBytes);
  if (exchange.expectsContinue) exchange.res.writeContinue();
  if (limitBytes === 0) stream(exchange, gateway, [], then);
  else new Inspecting(exchange, gateway, identity, { need, limitBytes }, then).start();
}

/** How much may be held, in bytes; 0: the body is streamed from its start. */
function limitOf({ head }: Exchange, need: Need, maxInspected: number): number {
  const length = head.contentLength;
  if (need === 'must') return maxInspected;
  if (length !== null && length <= SMALL_BYTES) return SMALL_BYTES;
  if (need === 'none') return length === null && isJson(head.contentType) ? SMALL_BYTES : 0;
  return length !== null && length > maxInspected ? 0 : maxInspected;
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

/** A body that is held and, where it is coded, unpacked to be read. */
class Inspecting implements AfterHolding {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #identity: Identity;
  readonly #need: Need;
  readonly #limitBytes: number;
  readonly #then: AfterBody;

  constructor(
    exchange: Exchange,
    gateway: Gateway,
    identity: Identity,
    { need, limitBytes }: { readonly need: Need; readonly limitBytes: number },
    then: AfterBody,
  ) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#identity = identity;
    this.#need = need;
    this.#limitBytes = limitBytes;
    this.#then = then;
  }

  start(): void {
    const { user } = this.#identity;
    const rules = { user, limitBytes: this.#limitBytes, waits: this.#need === 'must' };
    new BodyHolder(this.#exchange, this.#gateway, rules, this).start();
  }

  held(bytes: Uint8Array): void {
    const coding = this.#exchange.head.contentEncoding;
    if (!isCoded(coding)) {
      this.#ready(bytes, bytes);
      return;
    }
    const limitBytes = this.#identity.candidates.maxInspected;
    const { user } = this.#identity;
    new BodyDecoder(this.#exchange, this.#gateway, user, limitBytes, (decoded) =>
      this.#decoded(bytes, decoded, limitBytes),
    ).start(bytes, coding);
  }

  #decoded(bytes: Uint8Array, decoded: Decoded, limitBytes: number): void {
    if (decoded.kind === 'plain') this.#ready(bytes, decoded.bytes);
    else if (decoded.kind === 'no memory') this.failed(noMemory());
    else if (!this.#mustBeRead()) this.#ready(bytes, bytes);
    else if (decoded.kind === 'too large') this.failed(tooLarge(limitBytes));
    else
      this.failed(
        new ProxyError('bad_request', 'the body is not what its content-encoding says: send it plain'),
      );
  }

  /** What decides where the request may go must not pass unread: its model, or ids that it names. */
  #mustBeRead(): boolean {
    return this.#need === 'must' || mayNameIds(this.#exchange);
  }

  #ready(bytes: Uint8Array, text: Uint8Array): void {
    this.#exchange.body = { kind: 'held', bytes, text };
    this.#then.ready(this.#exchange, this.#gateway);
  }

  tooLarge(head: readonly Uint8Array[]): void {
    if (this.#need === 'must') {
      this.failed(tooLarge(this.#limitBytes));
      return;
    }
    this.#gateway.heldBodies.giveBack(this.#exchange);
    stream(this.#exchange, this.#gateway, head, this.#then);
  }

  failed(error: ProxyError): void {
    this.#then.failed(this.#exchange, this.#gateway, error);
  }
}

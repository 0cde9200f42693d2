import { TLSSocket } from 'node:tls';
import type { CompiledChannel } from '../../core/compiled-channel.ts';
import type { Operation } from '../../core/operation.ts';
import { platformError } from '../../core/platform-error.ts';
import type { UpstreamFlow } from '../../core/ports.ts';
import { type ResponseHead, responseHead, withoutNames } from '../../core/response-headers.ts';
import type { Metered, ResponseMeter } from '../../core/response-meter.ts';
import { withoutEchoes } from '../../core/secret-spellings.ts';
import { corsHeaders } from '../cors.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { learnIds } from './bound-ids.ts';
import { ClientAnswer } from './client-answer.ts';
import { CodedError } from './coded-error.ts';
import { eventKeyMask, type KeyMask, keyMask } from './key-mask.ts';
import { isEventStream, mayChange, meterFor } from './meter.ts';
import type { Rewritten } from './rewrite.ts';

/** As much of an error answer as is read for its code and message. */
const ERROR_SAMPLE_BYTES = 16 * 1024;

/** A local server's key that is no secret (`ollama`) may stand in the headers of a good answer. UTF-16 units. */
const SHORTEST_ECHO = 8;

/** What an answer no longer is once it was unpacked. */
const CODING: ReadonlySet<string> = new Set(['content-encoding']);

/** This gateway as the client addressed it. */
function selfOf({ req, head, snapshot }: Exchange): string {
  const secure = req.socket instanceof TLSSocket || snapshot.system.proxy?.behind_tls === true;
  return `${secure ? 'https' : 'http'}://${head.host ?? 'localhost'}`;
}

/** Carries one platform answer to the client: its head, its bytes with back-pressure, its end. */
export class AnswerRelay {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #channel: CompiledChannel;
  readonly #flow: UpstreamFlow;
  readonly #answer: ClientAnswer;
  readonly #meter: ResponseMeter;
  readonly #mask: KeyMask | null;
  readonly #status: number;
  readonly #sample: Uint8Array[] = [];
  #sampled = 0;
  #coded: CodedError | null = null;
  #paused = false;

  constructor(
    exchange: Exchange,
    gateway: Gateway,
    sent: { readonly channel: CompiledChannel; readonly operation: Operation; readonly rewritten: Rewritten },
    status: number,
    rawHeaders: readonly string[],
    flow: UpstreamFlow,
  ) {
    const { channel, operation, rewritten } = sent;
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#channel = channel;
    this.#flow = flow;
    this.#status = status;
    const head = this.#readHead(rawHeaders, rewritten, status);
    exchange.streamed = isEventStream(head.contentType);
    const ids = learnIds(exchange, gateway, rewritten, status, head, exchange.streamed);
    this.#mask = this.#maskFor(head, rewritten);
    this.#meter = meterFor(exchange, operation, rewritten, head, channel.streamEndsWithDone, ids);
    this.#answer = this.#begin(head, mayChange(exchange, rewritten, head) || this.#mask !== null);
    this.touch();
  }

  /** Whether the client may have seen something of the answer. */
  get begun(): boolean {
    return this.#answer.begun;
  }

  #readHead(rawHeaders: readonly string[], rewritten: Rewritten, status: number): ResponseHead {
    const ownCors = this.#exchange.head.origin !== null;
    const head = responseHead(rawHeaders, {
      base: this.#channel.base,
      self: selfOf(this.#exchange),
      ownCors,
      dropLength: true,
    });
    const { echoes } = rewritten;
    const headers = withoutEchoes(head.headers, echoes, status < 400 ? SHORTEST_ECHO : 1);
    if (status < 400 || echoes.length === 0) return head;
    const coding = head.contentEncoding;
    if (coding === null) return { ...head, headers };
    if (coding.toLowerCase() !== 'identity') this.#coded = new CodedError(coding);
    return { ...head, headers: withoutNames(headers, CODING), contentEncoding: null };
  }

  #maskFor({ contentEncoding }: ResponseHead, { echoes }: Rewritten): KeyMask | null {
    if (this.#status >= 400) return keyMask(echoes);
    return this.#exchange.streamed && contentEncoding === null ? eventKeyMask(echoes) : null;
  }

  #begin(head: ResponseHead, changes: boolean): ClientAnswer {
    const { res, req } = this.#exchange;
    const { headers } = head;
    res.sendDate = !head.hasDate;
    const bodyless = req.method === 'HEAD' || this.#status === 204 || this.#status === 304;
    // What may change is sent in pieces unless it is an error, which is small and is held to be masked.
    const length = changes && this.#status < 400 && !bodyless ? null : head.contentLength;
    if (length !== null && !(this.#mask !== null && !bodyless))
      headers.push('content-length', String(length));
    headers.push('x-aiproxy-request-id', this.#exchange.id);
    if (this.#status >= 400) headers.push('x-aiproxy-error-source', 'platform');
    for (const part of corsHeaders(this.#exchange)) headers.push(part);
    return new ClientAnswer(
      this.#exchange,
      this.#gateway.clock,
      this.#status,
      headers,
      bodyless ? 0 : length,
    );
  }

  /** The answer moved: it may be silent for `idle_timeout` from now on. */
  touch(): void {
    this.#exchange.deadlineMs = this.#gateway.deadlines.coarseMs + this.#channel.idleTimeoutMs;
  }

  data(chunk: Uint8Array): void {
    this.touch();
    if (this.#coded === null) this.#take(chunk);
    else this.#coded.push(chunk);
  }

  #take(chunk: Uint8Array): void {
    if (this.#status >= 400) this.#keepSample(chunk);
    for (const part of this.#meter.push(chunk))
      this.#write(this.#mask === null ? part : this.#mask.push(part));
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#answer.write(bytes) || this.#paused) return;
    this.#paused = true;
    this.#flow.pause();
    this.#exchange.res.once('drain', () => this.#resume());
  }

  #resume(): void {
    this.#paused = false;
    this.touch();
    this.#flow.resume();
  }

  #keepSample(chunk: Uint8Array): void {
    if (this.#sampled >= ERROR_SAMPLE_BYTES) return;
    this.#sample.push(chunk);
    this.#sampled += chunk.length;
  }

  /** Whether the stall is the client's, who does not read. */
  get clientStalls(): boolean {
    return this.#paused;
  }

  /** Writes what was held back. The client's connection is still open after this. */
  finishBody(): void {
    if (this.#coded !== null) this.#take(this.#coded.plain());
    for (const part of this.#meter.end()) this.#write(this.#mask === null ? part : this.#mask.push(part));
    if (this.#mask !== null) this.#write(this.#mask.end());
  }

  endClean(): void {
    this.#answer.end();
    this.noteBytes();
  }

  noteBytes(): void {
    this.#exchange.bytesOut = this.#answer.begun ? this.#answer.bytes : 0;
  }

  /** Resolves when all that can be known of the usage is. */
  get settled(): Promise<void> | undefined {
    return this.#meter.settled;
  }

  /** Puts what the answer told into the exchange. */
  conclude(): Metered {
    const metered = this.#meter.result();
    this.#exchange.usage = metered.usage;
    if (this.#status >= 400) this.#notePlatformError();
    return metered;
  }

  #notePlatformError(): void {
    const told = platformError(Buffer.concat(this.#sample).toString('utf8'));
    this.#exchange.errorCode = told.code === null ? `http_${this.#status}` : this.#gateway.mask(told.code);
    this.#exchange.errorMessage = told.message === null ? null : this.#gateway.mask(told.message);
  }
}

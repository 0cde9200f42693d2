import { TLSSocket } from 'node:tls';
import type { CompiledChannel } from '../../core/compiled-channel.ts';
import type { Metered, ResponseMeter } from '../../core/metering/response-meter.ts';
import type { Operation } from '../../core/operation.ts';
import { platformError } from '../../core/platform-error.ts';
import type { UpstreamFlow } from '../../core/ports.ts';
import { type ResponseHead, responseHead, withoutNames } from '../../core/response-headers.ts';
import { withoutEchoes } from '../../core/secret-spellings.ts';
import { corsHeaders } from '../cors.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { learnIds } from './bound-ids.ts';
import { ClientAnswer } from './client-answer.ts';
import { CodedError } from './coded-error.ts';
import { eventKeyMask, type KeyMask, keyMask } from './key-mask.ts';
import { changes, isEventStream, meterFor } from './meter.ts';
import type { Rewritten } from './rewrite.ts';
import { isCoded, Unpacker, type Unpacking } from './unpacker.ts';

/** Codes come from platforms; longer ones are cut. UTF-16 units. */
const LONGEST_CODE = 100;

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
export class AnswerRelay implements Unpacking {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #channel: CompiledChannel;
  readonly #flow: UpstreamFlow;
  readonly #answer: ClientAnswer;
  readonly #meter: ResponseMeter;
  readonly #mask: KeyMask | null;
  readonly #status: number;
  /** Whether the answer has an end of its own, and not only that of its connection. */
  readonly isFramed: boolean;
  readonly #sample: Uint8Array[] = [];
  #sampled = 0;
  #coded: CodedError | null = null;
  /** What takes the codings off an answer that has to be changed. */
  #unpacker: Unpacker | null = null;
  #isBroken = false;
  #isForsaken = false;
  /** Whether the client, while it does not read, may not have got what tells of the answer's end. */
  #isBehind = false;
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
    this.isFramed = head.isFramed;
    const ids = learnIds(exchange, gateway, rewritten, status, head, exchange.streamed);
    this.#mask = this.#maskFor(head, rewritten);
    this.#meter = meterFor(exchange, operation, rewritten, head, channel.streamEndsWithDone, ids);
    const isChanged = changes(exchange, rewritten) && !isCoded(head.contentEncoding);
    this.#answer = this.#begin(head, isChanged || this.#mask !== null);
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
    if (status < 400) return this.#readPlain(head, rewritten);
    if (echoes.length === 0) return head;
    const coding = head.contentEncoding;
    if (coding === null) return { ...head, headers };
    if (isCoded(coding)) this.#coded = new CodedError(coding);
    return { ...head, headers: withoutNames(headers, CODING), contentEncoding: null };
  }

  /** We asked for no coding. Where a platform codes all the same what has to be changed, it goes on plain. */
  #readPlain(head: ResponseHead, rewritten: Rewritten): ResponseHead {
    if (!changes(this.#exchange, rewritten)) return head;
    this.#unpacker = Unpacker.of(head.contentEncoding, this);
    if (this.#unpacker === null) return head;
    return { ...head, headers: withoutNames(head.headers, CODING), contentEncoding: null };
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
    if (this.#unpacker !== null) this.#unpack(chunk, this.#unpacker);
    else if (this.#coded === null) this.#take(chunk);
    else this.#coded.push(chunk);
  }

  #unpack(chunk: Uint8Array, unpacker: Unpacker): void {
    if (unpacker.write(chunk)) return;
    this.#flow.pause();
    unpacker.onDrain(() => {
      if (!this.#paused) this.#flow.resume();
    });
  }

  plain(chunk: Uint8Array): void {
    this.#take(chunk);
  }

  failed(): void {
    this.#isBroken = true;
    // What waits for it to drain would wait for ever.
    if (!this.#paused) this.#flow.resume();
  }

  /** Whether it came in a coding that cannot be taken off. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  #take(chunk: Uint8Array): void {
    if (this.#status >= 400) this.#keepSample(chunk);
    const wasOpen = this.#meter.progress === 'open';
    for (const part of this.#meter.push(chunk))
      this.#write(this.#mask === null ? part : this.#mask.push(part), wasOpen);
  }

  /** @param wasOpen whether nothing before this told of the answer's end */
  #write(bytes: Uint8Array, wasOpen: boolean): void {
    if (bytes.length === 0 || this.#isForsaken || this.#answer.write(bytes) || this.#paused) return;
    this.#paused = true;
    this.#isBehind = wasOpen;
    this.#flow.pause();
    this.#exchange.res.once('drain', () => this.#resume());
  }

  #resume(): void {
    this.#paused = false;
    this.#isBehind = false;
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

  /** The answer has ended. @returns resolves when all of it was read and written; `undefined` where it is */
  end(): Promise<void> | undefined {
    const coded = this.#unpacker ?? this.#coded;
    if (coded !== null) return coded.end().then(() => this.finishBody());
    this.finishBody();
    return this.#meter.caughtUp?.();
  }

  /** Resolves when all that came was read; `undefined` where it is. */
  caughtUp(): Promise<void> | undefined {
    return this.#unpacker?.caughtUp() ?? this.#meter.caughtUp?.();
  }

  /** The client is gone: what still comes is only read. */
  forsake(): void {
    this.#isForsaken = true;
    if (!this.#paused) return;
    this.#paused = false;
    this.#flow.resume();
  }

  /** Whether the client that left had all that it waited for, as far as the answer itself said so. */
  get wasSatisfied(): boolean {
    return this.begun && !this.#isBehind && this.#meter.progress !== 'open';
  }

  /** Whether it is worth reading on where the client is gone: the answer is one, and tells what was used at its end. */
  get isWithinAnswer(): boolean {
    return this.#status < 400 && this.#meter.isWithinAnswer;
  }

  /** Writes what was held back. The client's connection is still open after this. */
  finishBody(): void {
    if (this.#coded !== null) this.#take(this.#coded.body());
    for (const part of this.#meter.end())
      this.#write(this.#mask === null ? part : this.#mask.push(part), true);
    if (this.#mask !== null) this.#write(this.#mask.end(), true);
  }

  endClean(): void {
    this.#answer.end();
    this.noteBytes();
  }

  noteBytes(): void {
    this.#exchange.bytesOut = this.#answer.begun ? this.#answer.bytes : 0;
  }

  /** Puts what the answer told into the exchange. */
  conclude(): Metered {
    const metered = this.#meter.result();
    this.#exchange.usage = metered.usage;
    if (this.#status >= 400) this.#notePlatformError();
    return metered;
  }

  /** The answer is over for everybody: puts what is known of it into the exchange. */
  settle(): void {
    this.noteBytes();
    const { error } = this.conclude();
    if (error !== null) this.noteStreamError(error);
  }

  /** An error that came within a stream is how it ended. */
  noteStreamError(error: NonNullable<Metered['error']>): void {
    this.#exchange.outcome = 'platform_error';
    this.#exchange.errorCode = this.#gateway.mask(error.code.slice(0, LONGEST_CODE));
    this.#exchange.errorMessage = this.#gateway.mask(error.message);
  }

  #notePlatformError(): void {
    const told = platformError(Buffer.concat(this.#sample).toString('utf8'));
    this.#exchange.errorCode = told.code === null ? `http_${this.#status}` : this.#gateway.mask(told.code);
    this.#exchange.errorMessage = told.message === null ? null : this.#gateway.mask(told.message);
  }
}

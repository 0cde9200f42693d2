import { ProxyError } from '../../contract/errors.ts';
import type { CompiledChannel } from '../../core/compiled-channel.ts';
import type { JsonMembers } from '../../core/json-members.ts';
import { closingEvent } from '../../core/metering/stream-meter.ts';
import type { Operation } from '../../core/operation.ts';
import type { UpstreamCall, UpstreamError, UpstreamFlow, UpstreamHandler } from '../../core/ports.ts';
import { secretKey } from '../client-secrets.ts';
import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { outcomeOfError, outcomeOfWithdrawal } from '../outcome.ts';
import { AnswerRelay } from './answer-relay.ts';
import { attemptError, type RetryRules, retriesError, retriesStatus, retryDelayMs } from './attempt-error.ts';
import { cut } from './cut.ts';
import { fail } from './fail.ts';
import { ReadingOn } from './reading-on.ts';
import { record } from './record.ts';
import { type Rewritten, rewrite } from './rewrite.ts';

/** Stage 9: sends the request to the platform and carries its answer back. */
export function forward(
  exchange: Exchange,
  gateway: Gateway,
  channel: CompiledChannel,
  operation: Operation,
  members: JsonMembers | null,
): void {
  new Forwarding(exchange, gateway, channel, operation, members).attempt();
}

/** A request under way to its platform, and its answer on the way back. */
export class Forwarding implements UpstreamHandler, Waiting {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #channel: CompiledChannel;
  readonly #operation: Operation;
  readonly #members: JsonMembers | null;
  readonly #startedMs: number;
  /** When all attempts together must be over, on the monotonic clock. */
  readonly #endsAtMs: number;
  /** What was sent, as long as its answer has not begun. */
  #rewritten: Rewritten | null = null;
  #relay: AnswerRelay | null = null;
  /** The attempt under way. */
  #call: UpstreamCall | null = null;
  /** Takes the next attempt back while it is waited for. */
  #cancelRetry: (() => void) | null = null;
  /** Who has the answer since its client left. */
  #readingOn: ReadingOn | null = null;
  #isLeft = false;
  #done = false;

  /** @param budgetMs how long all attempts together may take to be answered */
  constructor(
    exchange: Exchange,
    gateway: Gateway,
    channel: CompiledChannel,
    operation: Operation,
    members: JsonMembers | null,
    budgetMs = Number.POSITIVE_INFINITY,
  ) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#channel = channel;
    this.#operation = operation;
    this.#members = members;
    this.#startedMs = gateway.clock.monotonicMs();
    this.#endsAtMs = this.#startedMs + budgetMs;
    exchange.waiting = this;
  }

  attempt(): void {
    const { timeoutMs } = this.#channel;
    this.#exchange.attempts += 1;
    this.#exchange.deadlineMs = Math.min(this.#gateway.clock.monotonicMs() + timeoutMs, this.#endsAtMs);
    const rewritten = this.#rewrite();
    this.#rewritten = rewritten;
    this.#cancelRetry = null;
    this.#call = this.open(rewritten);
  }

  /** Sends one attempt. */
  protected open({ request }: Rewritten): UpstreamCall {
    return this.#gateway.upstreams.poolOf(this.#channel).send(request, this);
  }

  /** Lets go of the request: somebody else carries it on. */
  protected handOver(): void {
    this.#close();
  }

  #rewrite(): Rewritten {
    const { clientSecret, bound } = this.#exchange;
    const key =
      clientSecret === null
        ? this.#gateway.channelKeys.next(this.#channel, bound?.api_key_digest ?? null)
        : secretKey(clientSecret);
    return rewrite(this.#exchange, this.#channel, this.#operation, this.#members, key);
  }

  #rules(): RetryRules {
    const { attempts, body } = this.#exchange;
    const nowMs = this.#gateway.clock.monotonicMs();
    return {
      attempts,
      maxRetries: this.#channel.maxRetries,
      repeatable: body.kind !== 'streamed' && nowMs + retryDelayMs(attempts) < this.#endsAtMs,
      elapsedMs: nowMs - this.#startedMs,
      connectTimeoutMs: this.#channel.connectTimeoutMs,
    };
  }

  head(status: number, rawHeaders: readonly string[], flow: UpstreamFlow): void {
    const rewritten = this.#rewritten;
    if (this.#done || rewritten === null) return;
    if (retriesStatus(status, this.#rules())) {
      flow.abort();
      this.#again();
      return;
    }
    const sent = { channel: this.#channel, operation: this.#operation, rewritten };
    this.#relay = new AnswerRelay(this.#exchange, this.#gateway, sent, status, rawHeaders, flow);
    if (this.#relay.begun) this.#forgetRequest();
  }

  /** What the client has begun to get is not asked for again: a long stream need not hold its prompt. */
  #forgetRequest(): void {
    this.#rewritten = null;
    if (this.#exchange.body.kind !== 'held') return;
    this.#exchange.body = { kind: 'none' };
    this.#gateway.heldBodies.giveBack(this.#exchange);
  }

  data(chunk: Uint8Array): void {
    if (this.#readingOn !== null) this.#readingOn.data(chunk);
    else if (!this.#done) this.#relay?.data(chunk);
    if (this.#relay?.isBroken === true) this.#refuseCoding();
  }

  end(): void {
    const relay = this.#relay;
    if (relay === null || (this.#done && this.#readingOn === null)) return;
    const read = relay.end();
    if (read === undefined) this.#complete(relay);
    else void read.then(() => this.#complete(relay));
  }

  #complete(relay: AnswerRelay): void {
    this.#readingOn?.end();
    if (this.#done || this.#isLeft) return;
    if (relay.isBroken) {
      this.#refuseCoding();
      return;
    }
    const { complete, progress, error } = relay.conclude();
    if (!complete && this.#exchange.streamed && this.#exchange.res.statusCode < 400) {
      const missing = `the platform ended its stream without ${closingEvent(this.#operation)}`;
      const failure = new ProxyError('upstream_protocol_error', missing);
      if (!relay.isFramed) {
        this.#broken(failure);
        return;
      }
      // HTTP says that it is whole, and so does its client: only the record knows better.
      if (progress === 'open') this.#note(failure);
    }
    if (error !== null) relay.noteStreamError(error);
    relay.endClean();
    this.#finish();
  }

  #refuseCoding(): void {
    if (this.#done || this.#isLeft) return;
    this.#hangUp();
    const reason = 'the platform’s answer is not in the coding that it names';
    this.#broken(new ProxyError('upstream_protocol_error', reason));
  }

  #note(error: ProxyError, outcome = outcomeOfError(error)): void {
    this.#exchange.outcome = outcome;
    this.#exchange.errorCode = error.code;
    this.#exchange.errorMessage = error.message;
  }

  error(error: UpstreamError): void {
    this.#readingOn?.end();
    if (this.#done || this.#isLeft) return;
    if (this.#relay?.begun === true) this.#broken(attemptError(error));
    else if (retriesError(error, this.#rules())) this.#again();
    else this.refuse(attemptError(error));
  }

  #again(): void {
    this.#relay = null;
    this.#call = null;
    this.#exchange.deadlineMs = Number.POSITIVE_INFINITY;
    const delayMs = retryDelayMs(this.#exchange.attempts);
    this.#cancelRetry = this.#gateway.clock.after(delayMs, () => this.attempt());
  }

  /** Nothing has reached the client: it gets a proper error. */
  protected refuse(error: ProxyError): void {
    this.#close();
    fail(this.#exchange, this.#gateway, error);
  }

  /** The client has seen a part: its connection is cut, so that nobody takes the part for the whole. */
  #broken(error: ProxyError, outcome = outcomeOfError(error)): void {
    const relay = this.#relay;
    this.#note(error, outcome);
    relay?.finishBody();
    relay?.noteBytes();
    relay?.conclude();
    this.#close();
    record(this.#exchange, this.#gateway);
    cut(this.#exchange);
  }

  #hangUp(): void {
    this.#cancelRetry?.();
    this.#call?.hangUp();
  }

  expire(): void {
    if (this.#done || this.#isLeft) return;
    if (this.#relay?.clientStalls === true) {
      this.leave();
      return;
    }
    this.#hangUp();
    const error = new ProxyError(
      'upstream_timeout',
      this.#relay === null ? 'the platform did not answer in time' : 'the platform fell silent',
    );
    if (this.#relay?.begun === true) this.#broken(error);
    else if (this.#retriesTimeout()) this.#again();
    else this.refuse(error);
  }

  withdraw(error: ProxyError): void {
    if (this.#done || this.#isLeft) return;
    this.#hangUp();
    if (this.#relay?.begun === true) this.#broken(error, outcomeOfWithdrawal(error));
    else this.refuse(error);
  }

  /** A gateway that shuts down begins nothing anew. */
  #retriesTimeout(): boolean {
    const wanted = this.#channel.retryTimeouts && !this.#gateway.draining;
    return wanted && retriesError({ kind: 'reset', reason: '' }, this.#rules());
  }

  /** The client is gone. */
  leave(): void {
    if (this.#done || this.#isLeft) return;
    const relay = this.#relay;
    this.#isLeft = true;
    relay?.forsake();
    this.#exchange.leftMs = this.#gateway.clock.monotonicMs();
    const read = relay?.caughtUp();
    if (read === undefined) this.#part(relay);
    else void read.then(() => this.#part(relay));
  }

  /** Where the answer was as good as over it is read to its end, otherwise the platform need not go on. */
  #part(relay: AnswerRelay | null): void {
    if (this.#done) return;
    const exchange = this.#exchange;
    const wasSatisfied = relay?.wasSatisfied === true;
    if (!wasSatisfied) exchange.outcome = relay?.begun === true ? 'partial' : 'aborted';
    this.#close();
    if (relay !== null && !this.#gateway.draining && (wasSatisfied || relay.isWithinAnswer)) {
      this.#readingOn = new ReadingOn(exchange, this.#gateway, relay, this.#call);
      exchange.res.destroy();
      return;
    }
    this.#hangUp();
    relay?.settle();
    record(exchange, this.#gateway);
    exchange.res.destroy();
  }

  #finish(): void {
    this.#close();
    record(this.#exchange, this.#gateway);
  }

  #close(): void {
    this.#done = true;
    this.#exchange.deadlineMs = Number.POSITIVE_INFINITY;
    this.#exchange.waiting = null;
    if (this.#exchange.body.kind === 'streamed') this.#exchange.body.stream.destroy();
  }
}

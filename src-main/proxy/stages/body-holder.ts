import { ProxyError } from '../../contract/errors.ts';
import type { AwaitsRoom, HeldMemory, HeldShare } from '../../core/held-memory.ts';
import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { SMALL_BYTES } from '../held-bodies.ts';

/** A client that stops sending in the middle of its body is given up after this. */
const STALLED_MS = 60_000;
/** So long a body waits unread for memory. */
const LONGEST_WAIT_MS = 10_000;
const RETRY_AFTER_S = 5;

/** Chunks smaller than this are put together by the thousand. */
const SMALL_CHUNK_BYTES = 4096;
const MOST_SMALL = 1024;

/** There is none left of what this user may hold. */
export const noMemory = (): ProxyError =>
  new ProxyError('overloaded', 'there is no memory for the body now', { retryAfterS: RETRY_AFTER_S });

/** What becomes of a body that was to be held; one of them is called, once. */
export interface AfterHolding {
  held(bytes: Uint8Array): void;
  /** It is longer than may be held, or there is no memory for so large a one. @param head what has come of it */
  tooLarge(head: readonly Uint8Array[]): void;
  failed(error: ProxyError): void;
}

export interface HoldingRules {
  readonly user: string;
  /** The longest body that is held, bytes. */
  readonly limitBytes: number;
  /** Whether a large body waits for memory as well: it has to be read. */
  readonly waits: boolean;
}

/** Collects a body into one piece, within its user's share of the memory for it. */
export class BodyHolder implements Waiting, AwaitsRoom {
  readonly #exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #rules: HoldingRules;
  readonly #then: AfterHolding;
  readonly #chunks: Uint8Array[] = [];
  #small: Uint8Array[] = [];
  /** The pool that has no room; `null` while the body is read. */
  #lacking: HeldMemory | null = null;
  share: HeldShare;

  constructor(exchange: Exchange, gateway: Gateway, rules: HoldingRules, then: AfterHolding) {
    this.#exchange = exchange;
    this.#gateway = gateway;
    this.#rules = rules;
    this.#then = then;
    this.share = this.#pool().shareOf(rules.user);
  }

  /**
   * How much memory the body needs before it is read on: its length. One that tells none is taken for a small one, and
   * for the longest where it is not. Bytes.
   */
  #needed(): number {
    const { head, heldBytes } = this.#exchange;
    const { limitBytes } = this.#rules;
    return head.contentLength ?? (heldBytes === 0 ? Math.min(SMALL_BYTES, limitBytes) : limitBytes);
  }

  #pool(): HeldMemory {
    const { heldBodies } = this.#gateway;
    return this.#needed() > SMALL_BYTES ? heldBodies.large : heldBodies.small;
  }

  start(): void {
    this.#exchange.waiting = this;
    if (this.#setAside()) this.#read();
  }

  #read(): void {
    const { req } = this.#exchange;
    req.on('data', this.#take);
    req.on('end', this.#finish);
    req.resume();
    this.#awaitMore();
  }

  leave(): void {
    this.#detach();
  }

  expire(): void {
    if (this.#lacking === null) {
      this.#exchange.req.destroy();
      return;
    }
    this.#detach();
    this.#then.failed(noMemory());
  }

  roomy(): void {
    this.#lacking = null;
    this.#takeNeeded();
    this.#read();
  }

  /** Takes all that the body needs at once: bodies that took it as they arrive could all be stuck halfway. */
  #takeNeeded(): void {
    const missing = this.#needed() - this.#exchange.heldBytes;
    this.#gateway.heldBodies.take(this.#exchange, this.#rules.user, missing);
  }

  /** @returns whether there was room for what is needed */
  #setAside(): boolean {
    const pool = this.#pool();
    this.share = pool.shareOf(this.#rules.user);
    const isRoomy = pool.hasRoom(this.share);
    if (isRoomy) this.#takeNeeded();
    else this.#lackRoom(pool);
    return isRoomy;
  }

  #awaitMore(): void {
    this.#exchange.deadlineMs = this.#gateway.deadlines.coarseMs + STALLED_MS;
  }

  /** Does not read until there is room, but for large bodies that need not be held. */
  #lackRoom(pool: HeldMemory): void {
    if (pool === this.#gateway.heldBodies.large && !this.#rules.waits) {
      this.#giveUp();
      return;
    }
    const { req } = this.#exchange;
    req.off('data', this.#take);
    req.off('end', this.#finish);
    req.pause();
    this.#lacking = pool;
    this.#exchange.deadlineMs = this.#gateway.deadlines.coarseMs + LONGEST_WAIT_MS;
    pool.wait(this);
  }

  readonly #take = (chunk: Uint8Array): void => {
    if (chunk.length < SMALL_CHUNK_BYTES) this.#keepSmall(chunk);
    else this.#keepLarge(chunk);
    const exchange = this.#exchange;
    exchange.bytesIn += chunk.length;
    if (exchange.bytesIn > this.#rules.limitBytes) this.#giveUp();
    else if (exchange.bytesIn <= exchange.heldBytes || this.#setAside()) this.#awaitMore();
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
    this.#gateway.heldBodies.keep(this.#exchange, this.#exchange.bytesIn);
    const [only] = this.#chunks;
    this.#then.held(this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks));
  };

  #giveUp(): void {
    this.#detach();
    this.#joinSmall();
    this.#then.tooLarge(this.#chunks);
  }

  #detach(): void {
    const { req } = this.#exchange;
    req.off('data', this.#take);
    req.off('end', this.#finish);
    this.#lacking?.forget(this);
    this.#lacking = null;
    this.#exchange.waiting = null;
    this.#exchange.deadlineMs = Number.POSITIVE_INFINITY;
  }
}

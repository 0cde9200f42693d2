import { HeldMemory } from '../core/held-memory.ts';
import type { Exchange } from './exchange.ts';

/** A body up to this is small: fast, can be inspected, can be repeated. */
export const SMALL_BYTES = 1024 * 1024;
const SMALL_POOL_BYTES = 128 * 1024 * 1024;
const LARGE_POOL_BYTES = 384 * 1024 * 1024;

/** The memory for bodies that are held: small ones apart, so that large ones never stand in their way. */
export class HeldBodies {
  readonly small = new HeldMemory(SMALL_POOL_BYTES);
  readonly large = new HeldMemory(LARGE_POOL_BYTES);

  /** All that is held, in bytes. */
  get bytes(): number {
    return this.small.bytes + this.large.bytes;
  }

  /** More of a request's body is held. @throws never: whether there is room is asked before */
  take(exchange: Exchange, user: string, bytes: number): void {
    const held = exchange.heldBytes + bytes;
    if (held > SMALL_BYTES && exchange.heldIn !== this.large) this.#move(exchange, user, this.large);
    else if (exchange.heldIn === null) this.#move(exchange, user, this.small);
    exchange.heldIn?.take(exchange.heldShare, bytes);
    exchange.heldBytes = held;
  }

  #move(exchange: Exchange, user: string, pool: HeldMemory): void {
    const { heldBytes } = exchange;
    exchange.heldIn?.giveBack(exchange.heldShare, heldBytes);
    exchange.heldIn = pool;
    exchange.heldShare = pool.shareOf(user);
    pool.take(exchange.heldShare, heldBytes);
  }

  /** Gives back what a body did not need. @param bytes what it needs, no more than it has */
  keep(exchange: Exchange, bytes: number): void {
    const spare = exchange.heldBytes - bytes;
    exchange.heldBytes = bytes;
    exchange.heldIn?.giveBack(exchange.heldShare, spare);
  }

  /** Nothing of the body is held any more. */
  giveBack(exchange: Exchange): void {
    if (exchange.heldIn === null) return;
    const { heldBytes } = exchange;
    exchange.heldBytes = 0;
    exchange.heldIn.giveBack(exchange.heldShare, heldBytes);
    exchange.heldIn = null;
  }
}

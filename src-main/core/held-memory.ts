/** What one user holds of a pool. Kept for as long as the pool, so that nothing is made for each request. */
export interface HeldShare {
  bytes: number;
}

/** Somebody who waits for room. */
export interface AwaitsRoom {
  readonly share: HeldShare;
  /** There is room: takes what is needed at once, so that the next one is judged by what is left. */
  roomy(): void;
}

/**
 * Memory for what is held of requests, shared fairly: nobody may hold more than is left for everybody else. One user
 * alone gets half of it, and whoever comes next finds half of the rest, whatever the first one does.
 */
export class HeldMemory {
  readonly #sizeBytes: number;
  readonly #shares = new Map<string, HeldShare>();
  #waiting: AwaitsRoom[] = [];
  #heldBytes = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  /** All that is held, in bytes. */
  get bytes(): number {
    return this.#heldBytes;
  }

  /** @param user an id, so that there are as many as there are users */
  shareOf(user: string): HeldShare {
    const known = this.#shares.get(user);
    if (known !== undefined) return known;
    const share = { bytes: 0 };
    this.#shares.set(user, share);
    return share;
  }

  /** Whether more may be taken for this user now. */
  hasRoom(share: HeldShare): boolean {
    return share.bytes < this.#sizeBytes - this.#heldBytes;
  }

  take(share: HeldShare, bytes: number): void {
    share.bytes += bytes;
    this.#heldBytes += bytes;
  }

  /** Gives back, and lets go on who waits and has room by then, in the order in which they came. */
  giveBack(share: HeldShare, bytes: number): void {
    share.bytes -= bytes;
    this.#heldBytes -= bytes;
    if (this.#waiting.length > 0 && bytes > 0) this.#wake();
  }

  /** Calls `roomy` once when there is room. */
  wait(who: AwaitsRoom): void {
    this.#waiting.push(who);
  }

  /** Does not wait any more. */
  forget(who: AwaitsRoom): void {
    const at = this.#waiting.indexOf(who);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const who of waiting) {
      if (this.hasRoom(who.share)) who.roomy();
      else this.#waiting.push(who);
    }
  }
}

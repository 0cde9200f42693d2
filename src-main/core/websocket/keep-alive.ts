import { controlFrame, type FrameHead, OPCODE, unmasked } from './frame.ts';

/** A leg that was silent for so long is asked whether it is still there, milliseconds. */
export const SILENCE_MS = 30_000;
/** A leg that does not answer within this is gone, milliseconds: 30 + 40 s leave room below 75 s for the sweep. */
export const ANSWER_MS = 40_000;

/** Long enough that nobody hits it by chance. */
export const PING_BYTES = 12;

/** What is to be done about a leg. */
export type KeepAliveAction = 'nothing' | 'ping' | 'dead';

/**
 * Whether the other side of one leg is still there. Anything it sends is a sign of life; after 30 s without one it gets
 * a ping of ours, whose pong is for us alone.
 */
export class KeepAlive {
  #heardMs: number;
  #pingedMs: number | null = null;
  #payload: Uint8Array | null = null;

  /** @param nowMs on the monotonic clock, as everywhere here */
  constructor(nowMs: number) {
    this.#heardMs = nowMs;
  }

  /** The leg sent something. */
  heard(nowMs: number): void {
    this.#heardMs = nowMs;
    this.#pingedMs = null;
  }

  /** What is due now; ask once a second or so. */
  due(nowMs: number): KeepAliveAction {
    if (this.#pingedMs !== null) return nowMs - this.#pingedMs >= ANSWER_MS ? 'dead' : 'nothing';
    return nowMs - this.#heardMs >= SILENCE_MS ? 'ping' : 'nothing';
  }

  /**
   * The ping to send.
   * @param random {@link PING_BYTES} random bytes
   * @param mask as `controlFrame` takes it
   */
  ping(nowMs: number, random: Uint8Array, mask: Uint8Array | null): Uint8Array {
    this.#pingedMs = nowMs;
    this.#payload = random.slice(0, PING_BYTES);
    return controlFrame(OPCODE.ping, this.#payload, mask);
  }

  /** Whether a frame may be the pong to our ping, so that it has to be looked at whole. */
  mayBeOurs({ opcode, length }: FrameHead): boolean {
    return this.#payload !== null && opcode === OPCODE.pong && length === PING_BYTES;
  }

  /** Whether this whole frame is the pong to our ping; then it ends here. */
  isOurs(frame: Uint8Array, { headLength, mask }: FrameHead): boolean {
    const sent = this.#payload;
    if (sent === null) return false;
    const payload = frame.subarray(headLength);
    const plain = mask === null ? payload : unmasked(payload, mask, 0);
    if (!plain.every((byte, index) => byte === sent[index])) return false;
    this.#payload = null;
    return true;
  }
}

import { controlFrame, type FrameHead, OPCODE, unmasked } from './frame.ts';

/** A leg that was silent for so long is asked whether it is still there, milliseconds. */
export const SILENCE_MS = 30_000;
/** A leg that does not answer within this is gone, milliseconds: 30 + 40 s leave room below 75 s for the sweep. */
export const ANSWER_MS = 40_000;

/** Long enough that nobody hits it by chance. */
export const PING_BYTES = 12;

/** Pings whose pongs may still come: a slow reader has not come to the first of them when the next is due. */
const MOST_UNANSWERED = 8;

/** What is to be done about a leg. */
export type KeepAliveAction = 'nothing' | 'ping' | 'dead';

/**
 * Whether the other side of one leg is still there. Anything it sends is a sign of life; after 30 s without one it gets
 * a ping of ours, whose pong is for us alone.
 */
export class KeepAlive {
  #heardMs: number;
  #pingedMs: number | null = null;
  /** Payloads of pings without answer, oldest first. */
  #unanswered: readonly Uint8Array[] = [];

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
    const payload = random.slice(0, PING_BYTES);
    this.#unanswered = [...this.#unanswered, payload].slice(-MOST_UNANSWERED);
    return controlFrame(OPCODE.ping, payload, mask);
  }

  /** Whether a frame may be the pong to a ping of ours, so that it has to be looked at whole. */
  mayBeOurs({ opcode, length }: FrameHead): boolean {
    return this.#unanswered.length > 0 && opcode === OPCODE.pong && length === PING_BYTES;
  }

  /** Whether this whole frame is the pong to a ping of ours; then it ends here. */
  isOurs(frame: Uint8Array, { headLength, mask }: FrameHead): boolean {
    const payload = frame.subarray(headLength);
    const plain = mask === null ? payload : unmasked(payload, mask, 0);
    const at = this.#unanswered.findIndex((sent) => sent.every((byte, index) => byte === plain[index]));
    // One pong may answer several pings (RFC 6455 §5.5.3).
    if (at >= 0) this.#unanswered = this.#unanswered.slice(at + 1);
    return at >= 0;
  }
}

import { GatheredBytes } from '../gathered-bytes.ts';
import { type FrameHead, isControl, OPCODE, unmasked } from './frame.ts';
import type { Handling } from './frame-flow.ts';
import type { Gate } from './gate.ts';

/** Bytes of frames that may wait, as a multiple of the longest message: empty fragments and pings are not endless either. */
const WAITING_FACTOR = 2;

const DECODER = new TextDecoder('utf-8');

/**
 * Judges a client's messages before they go on: frames of a message are held until it is whole. Pings and pongs within it
 * wait with it, so that the order stays; a close does not, because it ends the message unread.
 */
export class MessageGate implements Gate {
  readonly #limitBytes: number;
  readonly #judge: (text: string, isBinary: boolean) => boolean;
  /** The frames that wait. */
  readonly #frames = new GatheredBytes();
  /** The message in them. */
  readonly #message = new GatheredBytes();
  #isOpen = false;
  /** Whether all frames of the message say that it is binary; the later ones say nothing. */
  #isBinary = false;

  /**
   * @param limitBytes the longest message that is looked at; a longer one is refused
   * @param judge whether a message may go on; binary ones are judged by what they would be as text
   */
  constructor(limitBytes: number, judge: (text: string, isBinary: boolean) => boolean) {
    this.#limitBytes = limitBytes;
    this.#judge = judge;
  }

  handling(head: FrameHead): Handling {
    return this.exceeds(head) ? 'stop' : this.holds(head) ? 'hold' : 'pass';
  }

  /** Messages are judged from their frames, which are whole. */
  payload(): void {}

  /** No frame is guarded. */
  admits(): boolean {
    return false;
  }

  /** Whether this frame has to be handed to {@link take} whole. */
  holds({ opcode }: FrameHead): boolean {
    return !isControl(opcode) || (this.#isOpen && opcode !== OPCODE.close);
  }

  /** Whether a frame that begins now would make too much wait. */
  exceeds(head: FrameHead): boolean {
    if (!this.holds(head)) return false;
    const message = this.#message.length + (isControl(head.opcode) ? 0 : head.length);
    const waiting = this.#frames.length + head.headLength + head.length;
    return message > this.#limitBytes || waiting > WAITING_FACTOR * this.#limitBytes;
  }

  /** Takes a whole frame. @returns the frames that may go on now, none where the message is not whole; `null`: it is refused */
  take(frame: Uint8Array, head: FrameHead): Uint8Array | null {
    this.#frames.append(frame);
    if (!isControl(head.opcode)) {
      if (!this.#isOpen) this.#isBinary = head.opcode === OPCODE.binary;
      else if (head.opcode !== OPCODE.continuation) this.#isBinary = false;
      const payload = frame.subarray(head.headLength);
      this.#message.append(head.mask === null ? payload : unmasked(payload, head.mask, 0));
      this.#isOpen = !head.fin;
    }
    if (this.#isOpen) return new Uint8Array(0);
    const text = DECODER.decode(this.#message.view());
    const frames = this.#frames.view();
    this.#message.restart();
    this.#frames.restart();
    return this.#judge(text, this.#isBinary) ? frames : null;
  }
}

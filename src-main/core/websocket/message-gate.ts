import { joinedBytes } from '../joined-bytes.ts';
import { type FrameHead, OPCODE, unmasked } from './frame.ts';

const FIRST_CONTROL = 0x8;

/**
 * Judges a client's messages before they go on: frames of a message are held until it is whole. Pings and pongs within it
 * wait with it, so that the order stays; a close does not, because it ends the message unread.
 */
export class MessageGate {
  readonly #limitBytes: number;
  readonly #judge: (text: string) => boolean;
  readonly #decoder = new TextDecoder('utf-8');
  #frames: Uint8Array[] = [];
  #payloads: Uint8Array[] = [];
  #size = 0;
  #isOpen = false;

  /**
   * @param limitBytes the longest message that is looked at; a longer one is refused
   * @param judge whether a message may go on; binary ones are judged by what they would be as text
   */
  constructor(limitBytes: number, judge: (text: string) => boolean) {
    this.#limitBytes = limitBytes;
    this.#judge = judge;
  }

  /** Whether this frame has to be handed to {@link take} whole. */
  holds({ opcode }: FrameHead): boolean {
    return opcode < FIRST_CONTROL || (this.#isOpen && opcode !== OPCODE.close);
  }

  /** Whether a frame that begins now would make the message too long. */
  exceeds({ opcode, length }: FrameHead): boolean {
    return opcode < FIRST_CONTROL && this.#size + length > this.#limitBytes;
  }

  /** Takes a whole frame. @returns the frames that may go on now; `null` where the message is refused */
  take(frame: Uint8Array, head: FrameHead): readonly Uint8Array[] | null {
    this.#frames.push(frame);
    if (head.opcode >= FIRST_CONTROL) return this.#isOpen ? [] : this.#release();
    const payload = frame.subarray(head.headLength);
    this.#payloads.push(head.mask === null ? payload : unmasked(payload, head.mask, 0));
    this.#size += payload.length;
    this.#isOpen = !head.fin;
    if (this.#isOpen) return [];
    const text = this.#decoder.decode(joinedBytes(this.#payloads));
    this.#payloads = [];
    this.#size = 0;
    return this.#judge(text) ? this.#release() : null;
  }

  #release(): readonly Uint8Array[] {
    const frames = this.#frames;
    this.#frames = [];
    return frames;
  }
}

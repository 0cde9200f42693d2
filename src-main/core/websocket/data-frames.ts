import { type FrameHead, isControl, OPCODE, unmasked } from './frame.ts';

/** `{`: Gemini sends its JSON in binary messages. */
const JSON_BEGINS = 0x7b;

/** Whether an unmasked message, by its first byte, is worth reading: text, or binary that begins like JSON. */
export const isReadable = (isText: boolean, first: number | undefined): boolean =>
  isText || first === JSON_BEGINS;

/** Follows the frames of one direction: which of them carry messages, and what is in them without the mask. */
export class DataFrames {
  #isControl = false;
  #fin = false;
  #mask: Uint8Array | null = null;
  /** Payload bytes of the frame that were unmasked. */
  #phase = 0;

  /** A frame begins. @returns whether a message begins with it */
  head({ opcode, fin, mask }: FrameHead): boolean {
    this.#isControl = isControl(opcode);
    this.#mask = mask;
    this.#phase = 0;
    if (!this.#isControl) this.#fin = fin;
    return !this.#isControl && opcode !== OPCODE.continuation;
  }

  /** Whether the present frame belongs to no message. */
  get isControl(): boolean {
    return this.#isControl;
  }

  /** Whether a message ends with the present frame. */
  get endsMessage(): boolean {
    return !this.#isControl && this.#fin;
  }

  /** The next part of the payload without its mask. All parts before it in the frame were asked for. */
  plain(bytes: Uint8Array): Uint8Array {
    if (this.#mask === null) return bytes;
    const plain = unmasked(bytes, this.#mask, this.#phase);
    this.#phase += bytes.length;
    return plain;
  }
}

import { joinedBytes } from '../joined-bytes.ts';
import { type FrameHead, OPCODE, unmasked } from './frame.ts';

const FIRST_CONTROL = 0x8;

/** Counts messages, and reads the text ones whole as far as they are short enough. */
export class MessageReader {
  readonly #limitBytes: number;
  readonly #onText: (text: string) => void;
  readonly #decoder = new TextDecoder('utf-8');
  #count = 0;
  #isText = false;
  #isControl = false;
  #fin = false;
  #mask: Uint8Array | null = null;
  #phase = 0;
  #size = 0;
  #parts: Uint8Array[] = [];

  /**
   * @param limitBytes longer messages are counted but not read
   * @param onText takes each text message
   */
  constructor(limitBytes: number, onText: (text: string) => void) {
    this.#limitBytes = limitBytes;
    this.#onText = onText;
  }

  /** Data messages that have ended, control frames not among them. */
  get messages(): number {
    return this.#count;
  }

  /** A frame begins. */
  head({ opcode, fin, mask }: FrameHead): void {
    this.#isControl = opcode >= FIRST_CONTROL;
    this.#mask = mask;
    this.#phase = 0;
    if (this.#isControl) return;
    this.#fin = fin;
    if (opcode === OPCODE.continuation) return;
    this.#isText = opcode === OPCODE.text;
    this.#size = 0;
    this.#parts = [];
  }

  /** A part of its payload as it came. */
  payload(bytes: Uint8Array): void {
    if (this.#isControl || !this.#isText) return;
    this.#size += bytes.length;
    if (this.#size > this.#limitBytes) {
      this.#parts = [];
      return;
    }
    this.#parts.push(this.#mask === null ? bytes : unmasked(bytes, this.#mask, this.#phase));
    this.#phase += bytes.length;
  }

  /** The frame has ended. */
  end(): void {
    if (this.#isControl || !this.#fin) return;
    this.#count += 1;
    if (!this.#isText || this.#size > this.#limitBytes) return;
    const parts = this.#parts;
    this.#parts = [];
    const [only] = parts;
    this.#onText(this.#decoder.decode(parts.length === 1 ? only : joinedBytes(parts)));
  }
}

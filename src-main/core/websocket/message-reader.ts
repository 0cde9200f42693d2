import { joinedBytes } from '../joined-bytes.ts';
import { type FrameHead, OPCODE, unmasked } from './frame.ts';

const FIRST_CONTROL = 0x8;

/** `{`: Gemini sends its JSON in binary messages. */
const JSON_BEGINS = 0x7b;

/** Counts messages, and reads whole those that are text, or binary that begins like JSON, as far as they are short enough. */
export class MessageReader {
  readonly #limitBytes: number;
  readonly #onText: (text: string) => void;
  readonly #decoder = new TextDecoder('utf-8');
  #count = 0;
  #isText = false;
  /** Whether the present message is read: of a binary one its first byte decides. */
  #isRead = false;
  #isControl = false;
  #fin = false;
  #mask: Uint8Array | null = null;
  #phase = 0;
  #size = 0;
  #parts: Uint8Array[] = [];

  /**
   * @param limitBytes longer messages are counted but not read
   * @param onText takes each message that is read
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
    this.#isRead = true;
    this.#size = 0;
    this.#parts = [];
  }

  /** A part of its payload as it came. */
  payload(bytes: Uint8Array): void {
    if (this.#isControl || !this.#isRead) return;
    if (!this.#isText && this.#size === 0 && !this.#beginsJson(bytes)) {
      this.#isRead = false;
      return;
    }
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
    if (!this.#isRead || this.#size > this.#limitBytes) return;
    const parts = this.#parts;
    this.#parts = [];
    const [only] = parts;
    this.#onText(this.#decoder.decode(parts.length === 1 ? only : joinedBytes(parts)));
  }
  #beginsJson([first = 0]: Uint8Array): boolean {
    return (first ^ (this.#mask?.[this.#phase & 3] ?? 0)) === JSON_BEGINS;
  }
}

import { type FrameHead, OPCODE, unmasked } from './frame.ts';
import { mayTell, type SessionUsage } from './session-usage.ts';

const FIRST_CONTROL = 0x8;

/** `{`: Gemini sends its JSON in binary messages. */
const JSON_BEGINS = 0x7b;

/** Counts a platform's messages and reads what they tell as they come, whatever their size: text, and binary that begins like JSON. */
export class EventMessages {
  readonly #usage: SessionUsage;
  #count = 0;
  #isText = false;
  #isControl = false;
  /** Whether a byte of the present message has come. */
  #hasBegun = false;
  #isRead = false;
  #fin = false;
  #mask: Uint8Array | null = null;
  #phase = 0;

  constructor(usage: SessionUsage) {
    this.#usage = usage;
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
    this.#hasBegun = false;
    this.#isRead = true;
  }

  /** A part of its payload as it came. */
  payload(bytes: Uint8Array): void {
    if (this.#isControl || !this.#isRead || bytes.length === 0) return;
    const plain = this.#mask === null ? bytes : unmasked(bytes, this.#mask, this.#phase);
    this.#phase += bytes.length;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#isRead = this.#isText || plain[0] === JSON_BEGINS;
      if (this.#isRead) this.#usage.begin();
    }
    if (this.#isRead) this.#usage.push(plain, 0, plain.length);
  }

  /** The frame has ended. */
  end(): void {
    if (this.#isControl || !this.#fin) return;
    this.#count += 1;
    this.#isRead = false;
  }

  /**
   * A message that came whole, in one frame.
   * @param isMasked its mask lies right before its payload
   * @param from where the payload begins in the bytes
   */
  whole(bytes: Uint8Array, isText: boolean, isMasked: boolean, from: number, until: number): void {
    this.#count += 1;
    // What may have begun before and never ended is no message any more.
    this.#isRead = false;
    const plain = isMasked ? unmasked(bytes.subarray(from, until), bytes.subarray(from - 4, from), 0) : bytes;
    const start = isMasked ? 0 : from;
    const end = isMasked ? plain.length : until;
    if ((!isText && plain[start] !== JSON_BEGINS) || !mayTell(plain, start, end)) return;
    this.#usage.begin();
    this.#usage.push(plain, start, end);
  }
}

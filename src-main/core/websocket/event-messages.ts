import { DataFrames, isReadable } from './data-frames.ts';
import { type FrameHead, OPCODE, unmasked } from './frame.ts';
import { mayTell, type SessionUsage } from './session-usage.ts';

/** Counts a platform's messages and reads what they tell as they come, whatever their size: text, and binary that begins like JSON. */
export class EventMessages {
  readonly #usage: SessionUsage;
  readonly #frames = new DataFrames();
  #count = 0;
  #isText = false;
  /** Whether a byte of the present message has come. */
  #hasBegun = false;
  #isRead = false;

  constructor(usage: SessionUsage) {
    this.#usage = usage;
  }

  /** Data messages that have ended, control frames not among them. */
  get messages(): number {
    return this.#count;
  }

  /** A frame begins. */
  head(head: FrameHead): void {
    if (!this.#frames.head(head)) return;
    this.#isText = head.opcode === OPCODE.text;
    this.#hasBegun = false;
    this.#isRead = true;
  }

  /** A part of its payload as it came. */
  payload(bytes: Uint8Array): void {
    if (this.#frames.isControl || !this.#isRead || bytes.length === 0) return;
    const plain = this.#frames.plain(bytes);
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#isRead = isReadable(this.#isText, plain[0]);
      if (this.#isRead) this.#usage.begin();
    }
    if (this.#isRead) this.#usage.push(plain, 0, plain.length);
  }

  /** The frame has ended. */
  end(): void {
    if (!this.#frames.endsMessage) return;
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
    if (!isReadable(isText, plain[start]) || !mayTell(plain, start, end)) return;
    this.#usage.begin();
    this.#usage.push(plain, start, end);
  }
}

import { GatheredBytes } from '../gathered-bytes.ts';
import { DataFrames, isReadable } from './data-frames.ts';
import { type FrameHead, OPCODE, unmasked } from './frame.ts';

const DECODER = new TextDecoder('utf-8');

/** What a reader wants to know, and hears. */
export interface MessageListener {
  /** Whether the message that begins has to be read; it is counted in any case. */
  readonly wants: () => boolean;
  /** Takes each message that is read. */
  readonly text: (text: string) => void;
}

/** Counts messages, and reads whole those that are text, or binary that begins like JSON, as far as they are short enough. */
export class MessageReader {
  readonly #limitBytes: number;
  readonly #listener: MessageListener;
  readonly #frames = new DataFrames();
  #count = 0;
  #isText = false;
  /** Whether the present message is read: of a binary one its first byte decides. */
  #isRead = false;
  /** Of the present message, so far. */
  #size = 0;
  readonly #gathered = new GatheredBytes();

  /** @param limitBytes longer messages are counted but not read */
  constructor(limitBytes: number, listener: MessageListener) {
    this.#limitBytes = limitBytes;
    this.#listener = listener;
  }

  /** Data messages that have ended, control frames not among them. */
  get messages(): number {
    return this.#count;
  }

  /** A frame begins. */
  head(head: FrameHead): void {
    if (!this.#frames.head(head)) return;
    this.#isText = head.opcode === OPCODE.text;
    this.#isRead = this.#listener.wants();
    this.#size = 0;
    this.#gathered.restart();
  }

  /** A part of its payload as it came. */
  payload(bytes: Uint8Array): void {
    if (this.#frames.isControl || !this.#isRead || bytes.length === 0) return;
    const begins = this.#size === 0;
    this.#size += bytes.length;
    const plain = this.#size > this.#limitBytes ? null : this.#frames.plain(bytes);
    if (plain === null || (begins && !isReadable(this.#isText, plain[0]))) {
      this.#isRead = false;
      this.#gathered.restart();
      return;
    }
    this.#gathered.append(plain);
  }

  /** The frame has ended. */
  end(): void {
    if (!this.#frames.endsMessage) return;
    this.#count += 1;
    const message = this.#gathered.view();
    this.#gathered.restart();
    // An empty binary message has no first byte to be readable by.
    if (this.#isRead && (this.#isText || this.#size > 0)) this.#listener.text(DECODER.decode(message));
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
    if (!this.#listener.wants() || until - from > this.#limitBytes) return;
    const mask = isMasked ? bytes.subarray(from - 4, from) : null;
    if (!isReadable(isText, (bytes[from] ?? 0) ^ (mask?.[0] ?? 0))) return;
    const payload = bytes.subarray(from, until);
    this.#listener.text(DECODER.decode(mask === null ? payload : unmasked(payload, mask, 0)));
  }
}

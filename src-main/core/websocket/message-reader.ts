import { GatheredBytes } from '../gathered-bytes.ts';
import { type FrameHead, OPCODE, unmasked } from './frame.ts';

const FIRST_CONTROL = 0x8;

/** `{`: Gemini sends its JSON in binary messages. */
const JSON_BEGINS = 0x7b;

const DECODER = new TextDecoder('utf-8');

/** What a reader wants to know, and hears. */
export interface MessageListener {
  /** Whether the message that begins has to be read; it is counted in any case. */
  readonly wants: () => boolean;
  /** A quick look at a message that lies between two places, unmasked: whether reading it may tell anything. */
  readonly mayMatter: (bytes: Uint8Array, from: number, until: number) => boolean;
  /** Takes each message that is read. */
  readonly text: (text: string) => void;
}

/** Counts messages, and reads whole those that are text, or binary that begins like JSON, as far as they are short enough. */
export class MessageReader {
  readonly #limitBytes: number;
  readonly #listener: MessageListener;
  #count = 0;
  #isText = false;
  /** Whether the present message is read: of a binary one its first byte decides. */
  #isRead = false;
  #isControl = false;
  #fin = false;
  #mask: Uint8Array | null = null;
  #phase = 0;
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
  head({ opcode, fin, mask }: FrameHead): void {
    this.#isControl = opcode >= FIRST_CONTROL;
    this.#mask = mask;
    this.#phase = 0;
    if (this.#isControl) return;
    this.#fin = fin;
    if (opcode === OPCODE.continuation) return;
    this.#isText = opcode === OPCODE.text;
    this.#isRead = this.#listener.wants();
    this.#size = 0;
    this.#gathered.restart();
  }

  /** A part of its payload as it came. */
  payload(bytes: Uint8Array): void {
    if (this.#isControl || !this.#isRead) return;
    const begins = this.#size === 0;
    this.#size += bytes.length;
    if (this.#size > this.#limitBytes || (begins && !this.#isText && !this.#beginsJson(bytes))) {
      this.#isRead = false;
      this.#gathered.restart();
      return;
    }
    const plain = this.#mask === null ? bytes : unmasked(bytes, this.#mask, this.#phase);
    this.#phase += bytes.length;
    this.#gathered.append(plain);
  }

  /** The frame has ended. */
  end(): void {
    if (this.#isControl || !this.#fin) return;
    this.#count += 1;
    const message = this.#gathered.view();
    this.#gathered.restart();
    if (this.#isRead) this.#listener.text(DECODER.decode(message));
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
    if (!isText && ((bytes[from] ?? 0) ^ (mask?.[0] ?? 0)) !== JSON_BEGINS) return;
    if (mask === null && !this.#listener.mayMatter(bytes, from, until)) return;
    const payload = bytes.subarray(from, until);
    this.#listener.text(DECODER.decode(mask === null ? payload : unmasked(payload, mask, 0)));
  }

  #beginsJson([first = 0]: Uint8Array): boolean {
    return (first ^ (this.#mask?.[this.#phase & 3] ?? 0)) === JSON_BEGINS;
  }
}

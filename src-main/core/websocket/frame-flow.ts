import { GatheredBytes } from '../gathered-bytes.ts';
import { joinedBytes } from '../joined-bytes.ts';
import { type FrameHead, isControl, LONGEST_HEAD, readFrameHead } from './frame.ts';

/**
 * What is done with a frame, known when its head is: sent on as it comes, held until it is whole, sent on but for its last
 * byte until that is admitted, or nothing goes on from here.
 */
export type Handling = 'pass' | 'hold' | 'guard' | 'stop';

/** Who watches the frames of one direction. Called in their order. */
export interface FrameWatcher {
  /** A frame begins. */
  head(head: FrameHead): Handling;
  /** A part of its payload, still masked. The bytes may be kept, not changed. */
  payload(bytes: Uint8Array): void;
  /** A frame that was passed has ended. */
  end(): void;
  /** A held frame is whole, head included. @returns whether it goes on */
  held(frame: Uint8Array): boolean;
  /** A frame begins that is guarded. @returns what was held before it and goes on now */
  released?(): Uint8Array;
  /** A guarded frame is whole. @returns whether its last byte goes on; if not, nothing does from here */
  admits?(): boolean;
  /**
   * Asked first about a data frame that is a message by itself and lies within one chunk, as nearly all do: nothing is
   * made or copied for it.
   * @param isMasked its mask lies right before its payload
   * @param from where the payload begins in the chunk
   * @returns whether it goes on, and nothing else is to be called for it
   */
  whole?(chunk: Uint8Array, isText: boolean, isMasked: boolean, from: number, until: number): boolean;
}

/** The first byte of a data frame that is the only one of its message: text, binary. */
const ONLY_TEXT = 0x81;
const ONLY_BINARY = 0x82;

/** What a length of seven bits says of those that follow (RFC 6455 §5.2). */
const LENGTH_OF_2 = 126;
const LENGTH_OF_8 = 127;

/** A view would keep the whole chunk in memory. */
const copyOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

/**
 * One direction of a tunnel: bytes come in as they arrive and go out unchanged, in order; only where frames begin and
 * end is read. Frames of our own are put in between two of them, and frames that were held may be left out.
 */
export class FrameFlow {
  readonly #watcher: FrameWatcher;
  readonly #emit: (bytes: Uint8Array) => void;
  /** The beginning of a head that is not all there. */
  #partialHead: Uint8Array | null = null;
  /** Payload bytes of the present frame that have not come yet. */
  #remaining = 0;
  #inFrame = false;
  /** The parts of the frame that is held; `null` while one is passed. */
  #held: GatheredBytes | null = null;
  /** Whether the last byte of the frame waits to be admitted. */
  #guarded = false;
  #stopped = false;
  /** Our own frames, waiting for the next boundary. */
  #inserts: Uint8Array[] = [];
  /** Whether a message has begun that has not ended: nothing but control frames may stand within it (RFC 6455 §5.4). */
  #inMessage = false;
  /** Our own messages, waiting for the end of the one that is under way. */
  #messages: Uint8Array[] = [];

  /** @param emit takes what goes on, in order; it may be called several times for one chunk */
  constructor(watcher: FrameWatcher, emit: (bytes: Uint8Array) => void) {
    this.#watcher = watcher;
    this.#emit = emit;
  }

  /** Whether no frame is under way, so that a frame of our own may go out now. */
  get atBoundary(): boolean {
    return !this.#inFrame || this.#held !== null;
  }

  /** Puts a frame of our own at the next boundary: at once where there is one. */
  insert(frame: Uint8Array): void {
    if (this.atBoundary) this.#emit(frame);
    else this.#inserts.push(frame);
  }

  /** Puts a message of our own behind the one that is under way: at once where there is none. */
  insertMessage(frame: Uint8Array): void {
    if (this.#inMessage) this.#messages.push(frame);
    else this.insert(frame);
  }

  /** Takes what arrived. */
  push(arrived: Uint8Array): void {
    if (this.#stopped) return;
    const chunk = this.#partialHead === null ? arrived : joinedBytes([this.#partialHead, arrived]);
    this.#partialHead = null;
    // What goes on unchanged is gathered as one run of the chunk, so that most chunks are one write.
    let runFrom = 0;
    let at = this.#passWhole(chunk);
    while (at < chunk.length) {
      if (!this.#inFrame) {
        const head = readFrameHead(chunk, at);
        if (head === null) {
          // At most a few bytes: they wait for the rest, so that what is to be done is known when they go.
          this.#partialHead = copyOf(chunk.subarray(at, at + LONGEST_HEAD));
          this.#emitRun(chunk, runFrom, at);
          return;
        }
        const handling = this.#begin(head);
        if (handling !== 'pass') this.#emitRun(chunk, runFrom, at);
        if (handling === 'stop') {
          this.#stop();
          return;
        }
        if (handling === 'guard') {
          runFrom = at;
          this.#guarded = head.fin;
          this.#release();
        }
        if (handling === 'hold') {
          this.#held = new GatheredBytes();
          this.#held.append(chunk.subarray(at, at + head.headLength));
        }
        at += head.headLength;
      }
      const until = Math.min(chunk.length, at + this.#remaining);
      if (until > at) this.#takePayload(chunk.subarray(at, until));
      at = until;
      if (this.#remaining === 0) runFrom = this.#finishFrame(chunk, runFrom, at);
      if (this.#stopped) return;
    }
    if (this.#held === null) this.#emitRun(chunk, runFrom, at);
  }

  /** The short way: takes the whole messages at the beginning of a chunk. @returns where the rest begins, still to be sent on with them */
  #passWhole(chunk: Uint8Array): number {
    if (this.#inFrame || this.#inMessage || this.#inserts.length > 0 || this.#watcher.whole === undefined)
      return 0;
    let at = 0;
    while (at < chunk.length) {
      const first = chunk[at];
      const second = chunk[at + 1] ?? LENGTH_OF_8;
      const short = second & LENGTH_OF_8;
      if ((first !== ONLY_TEXT && first !== ONLY_BINARY) || short === LENGTH_OF_8) return at;
      const isLonger = short === LENGTH_OF_2;
      const isMasked = second !== short;
      const from = at + (isLonger ? 4 : 2) + (isMasked ? 4 : 0);
      const length = isLonger ? ((chunk[at + 2] ?? 0) << 8) | (chunk[at + 3] ?? 0) : short;
      const until = from + length;
      if (until > chunk.length) return at;
      if (!this.#watcher.whole(chunk, first === ONLY_TEXT, isMasked, from, until)) return at;
      at = until;
    }
    return at;
  }

  /** Nothing more arrives: what was kept back as the beginning of a head goes on as it is. */
  flush(): void {
    const rest = this.#partialHead;
    this.#partialHead = null;
    if (rest !== null && !this.#stopped) this.#emit(rest);
  }

  /** The frame that begins is not sent on, so that ours may go out in its place. */
  #stop(): void {
    this.#stopped = true;
    this.#inFrame = false;
    this.#emitInserts();
  }

  #release(): void {
    const bytes = this.#watcher.released?.();
    if (bytes !== undefined && bytes.length > 0) this.#emit(bytes);
  }

  #begin(head: FrameHead): Handling {
    this.#inFrame = true;
    this.#remaining = head.length;
    if (!isControl(head.opcode)) this.#inMessage = !head.fin;
    return this.#watcher.head(head);
  }

  #takePayload(bytes: Uint8Array): void {
    this.#remaining -= bytes.length;
    this.#held?.append(bytes);
    this.#watcher.payload(bytes);
  }

  /** @returns where the next run begins */
  #finishFrame(chunk: Uint8Array, runFrom: number, at: number): number {
    const held = this.#held;
    this.#inFrame = false;
    this.#held = null;
    if (this.#guarded) return this.#finishGuarded(chunk, runFrom, at);
    if (held !== null) {
      const frame = held.view();
      if (this.#watcher.held(frame)) this.#emit(frame);
      this.#emitInserts();
      return at;
    }
    this.#watcher.end();
    this.#queueMessages();
    if (this.#inserts.length === 0) return runFrom;
    this.#emitRun(chunk, runFrom, at);
    this.#emitInserts();
    return at;
  }

  #finishGuarded(chunk: Uint8Array, runFrom: number, at: number): number {
    this.#guarded = false;
    this.#emitRun(chunk, runFrom, at - 1);
    this.#watcher.end();
    if (this.#watcher.admits?.() !== true) {
      // Nothing may stand behind a frame that lacks its end, not even a close.
      this.#stopped = true;
      this.#inFrame = true;
      return at;
    }
    this.#emitRun(chunk, at - 1, at);
    this.#emitInserts();
    return at;
  }

  #queueMessages(): void {
    if (this.#inMessage || this.#messages.length === 0) return;
    this.#inserts.push(...this.#messages);
    this.#messages = [];
  }

  #emitInserts(): void {
    if (this.#inserts.length === 0) return;
    const inserts = this.#inserts;
    this.#inserts = [];
    for (const frame of inserts) this.#emit(frame);
  }

  #emitRun(chunk: Uint8Array, from: number, until: number): void {
    if (until > from) this.#emit(from === 0 && until === chunk.length ? chunk : chunk.subarray(from, until));
  }
}

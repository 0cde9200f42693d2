import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { GatheredBytes } from '../../core/gathered-bytes.ts';
import { type FrameHead, LARGEST_CONTROL, OPCODE, unmasked } from '../../core/websocket/frame.ts';
import { FrameFlow, type FrameWatcher, type Handling } from '../../core/websocket/frame-flow.ts';
import type { Gate } from '../../core/websocket/gate.ts';
import { KeepAlive, PING_BYTES } from '../../core/websocket/keep-alive.ts';
import type { MessageReader } from '../../core/websocket/message-reader.ts';
import type { WriteTurn, Writing } from './write-turn.ts';

/** Larger chunks are worth a write of their own at once, and keep back-pressure as exact as it is. */
const LARGEST_WAITING_BYTES = 16 * 1024;

const NOTHING = new Uint8Array(0);

/** How a side took its leave: the code of its close frame, `null` where the frame had none. */
export interface Farewell {
  readonly code: number | null;
  readonly reason: string;
}

export interface DirectionParts {
  readonly source: Duplex;
  readonly target: Duplex;
  /** When small chunks are written. */
  readonly turn: WriteTurn;
  /** Whether our own frames to the target are masked: where it is a server (RFC 6455 §5.1). */
  readonly masks: boolean;
  readonly reader: Pick<MessageReader, 'messages' | 'head' | 'payload' | 'end' | 'whole'>;
  /** Judges messages before they go on; `null`: all go on as they come. */
  readonly gate: Gate | null;
  readonly nowMs: () => number;
  /** A message was refused, and the session with it. @param begun a part of it has gone on */
  readonly refused: (begun: boolean) => void;
  /** The source has sent a close. */
  readonly parting: (farewell: Farewell) => void;
  /** The target has taken what waited for it: slow, but there. */
  readonly drained: () => void;
}

/** What one side of a tunnel sends to the other: bytes in, the same bytes out, with back-pressure. */
export class Direction implements FrameWatcher, Writing {
  readonly #parts: DirectionParts;
  readonly #flow: FrameFlow;
  /** Whether the source is still there. */
  readonly alive: KeepAlive;
  /** What the source sent, in bytes of frames. */
  bytes = 0;
  farewell: Farewell | null = null;
  #head: FrameHead | null = null;
  readonly #close = new GatheredBytes();
  /** Our own close, which ends this direction. */
  #last: Uint8Array | null = null;
  #stopped = false;
  /** Whether the frame that is held waits for the gate. */
  #isGated = false;
  /** What is written at the end of the turn. */
  #waiting: Uint8Array | null = null;

  constructor(parts: DirectionParts) {
    this.#parts = parts;
    this.alive = new KeepAlive(parts.nowMs());
    this.#flow = new FrameFlow(this, (bytes) => this.#write(bytes));
  }

  /** Takes what the source sent. */
  push(chunk: Uint8Array): void {
    if (this.#stopped) return;
    this.bytes += chunk.length;
    this.alive.heard(this.#parts.nowMs());
    this.#flow.push(chunk);
  }

  /** Asks whether the target is still there; its pong comes in the other direction. */
  ping(other: KeepAlive): void {
    const mask = this.#parts.masks ? randomBytes(4) : null;
    this.#flow.insert(other.ping(this.#parts.nowMs(), randomBytes(PING_BYTES), mask));
  }

  /** Ends this direction with a frame of ours, behind the one that is under way; nothing of the source follows it. */
  endWith(frame: Uint8Array): void {
    this.#last ??= frame;
    this.#flow.insert(this.#last);
  }

  /** Sends a message of ours to the target, between two of the source. */
  tell(frame: Uint8Array): void {
    this.#flow.insertMessage(frame);
  }

  /** The source has ended. What waits for its permission does not go on. */
  sourceEnded(): void {
    if (this.#parts.gate === null) this.#flow.flush();
    this.endTarget();
  }

  /** Nothing more goes to the target. */
  endTarget(): void {
    this.flush();
    this.#parts.target.end();
  }

  flush(): void {
    const bytes = this.#waiting;
    this.#waiting = null;
    if (bytes !== null) this.#writeNow(bytes);
  }

  /** Whether the source is not read now, because the target does not keep up. */
  get isBlocked(): boolean {
    return this.#parts.source.isPaused();
  }

  get masks(): boolean {
    return this.#parts.masks;
  }

  get messages(): number {
    return this.#parts.reader.messages;
  }

  head(head: FrameHead): Handling {
    this.#head = head;
    this.#close.restart();
    this.#parts.reader.head(head);
    const handling = this.#parts.gate?.handling(head) ?? 'pass';
    if (handling === 'stop') this.#parts.refused(false);
    this.#isGated = handling === 'hold';
    return handling === 'pass' && this.alive.mayBeOurs(head) ? 'hold' : handling;
  }

  payload(bytes: Uint8Array): void {
    this.#parts.reader.payload(bytes);
    this.#parts.gate?.payload(bytes);
    const head = this.#head;
    if (head?.opcode === OPCODE.close && head.length <= LARGEST_CONTROL) this.#close.append(bytes);
  }

  end(): void {
    this.#parts.reader.end();
    if (this.#head?.opcode === OPCODE.close) this.#readClose(this.#head);
  }

  held(frame: Uint8Array): boolean {
    const head = this.#head;
    this.#parts.reader.end();
    if (head === null || this.#stopped) return false;
    if (this.alive.mayBeOurs(head) && this.alive.isOurs(frame, head)) return false;
    const { gate } = this.#parts;
    if (gate === null || !this.#isGated) return true;
    const released = gate.take(frame, head);
    if (released === null) this.#parts.refused(false);
    else if (released.length > 0) this.#flow.insert(released);
    return false;
  }

  released(): Uint8Array {
    return this.#parts.gate?.released?.() ?? NOTHING;
  }

  admits(): boolean {
    if (this.#parts.gate?.admits() === true) return true;
    this.#parts.refused(true);
    return false;
  }

  whole(chunk: Uint8Array, isText: boolean, isMasked: boolean, from: number, until: number): boolean {
    if (this.#parts.gate !== null) return false;
    this.#parts.reader.whole(chunk, isText, isMasked, from, until);
    return true;
  }

  #readClose({ mask }: FrameHead): void {
    const bytes = this.#close.view();
    const payload = Buffer.from(mask === null ? bytes : unmasked(bytes, mask, 0));
    if (this.farewell !== null) return;
    this.farewell = {
      code: payload.length >= 2 ? payload.readUInt16BE(0) : null,
      reason: payload.subarray(2).toString('utf8'),
    };
    this.#parts.parting(this.farewell);
  }

  #write(bytes: Uint8Array): void {
    // What came before goes first.
    this.flush();
    if (this.#stopped || bytes === this.#last || bytes.length > LARGEST_WAITING_BYTES) {
      this.#writeNow(bytes);
      return;
    }
    this.#waiting = bytes;
    this.#parts.turn.add(this);
  }

  #writeNow(bytes: Uint8Array): void {
    const { source, target } = this.#parts;
    if (this.#stopped || target.writableEnded || target.destroyed) return;
    if (bytes === this.#last) {
      this.#stopped = true;
      target.end(bytes);
      return;
    }
    if (target.write(bytes) || source.isPaused()) return;
    source.pause();
    target.once('drain', () => {
      this.#parts.drained();
      // What could not be read was not silence.
      this.alive.heard(this.#parts.nowMs());
      source.resume();
    });
  }
}

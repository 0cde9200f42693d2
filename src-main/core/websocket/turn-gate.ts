import type { ProxyError } from '../../contract/errors.ts';
import { GatheredBytes } from '../gathered-bytes.ts';
import { TopMembers } from '../top-members.ts';
import { DataFrames } from './data-frames.ts';
import { type FrameHead, isControl, OPCODE } from './frame.ts';
import type { Handling } from './frame-flow.ts';
import type { Gate } from './gate.ts';

const WANTED: ReadonlySet<string> = new Set(['type', 'model', 'stream_id']);
const NOTHING = new Uint8Array(0);

/** What a message of the Responses API says of itself (`ResponsesClientEvent` of npm `openai`). */
export interface Turn {
  /** `null` where it names none. */
  readonly model: string | null;
  /** Whether it asks for a response, as all do but those of a known other type. */
  readonly asks: boolean;
  /** The lane it came on, which an answer to it names. */
  readonly streamId: string | null;
}

/** Why a message cannot be judged. */
export interface Doubt {
  readonly doubt: string;
}

/** What a whole message says, as far as it can be read in one way only. */
export function turnOf(members: TopMembers): Turn | Doubt {
  if (!members.isWhole) return { doubt: 'a message is not a JSON object' };
  const model = members.get('model');
  const type = members.get('type');
  if ((model?.times ?? 0) > 1 || (type?.times ?? 0) > 1) return { doubt: 'a message repeats its members' };
  if (model !== null && model.text === null) return { doubt: 'the model of a message is no text' };
  const asks = type?.text == null || type.text === 'response.create';
  return { model: model?.text ?? null, asks, streamId: members.get('stream_id')?.text ?? null };
}

/** Reads the members that matter of each message of one direction. */
export class TurnReading {
  readonly members = new TopMembers(WANTED);
  readonly #frames = new DataFrames();

  head(head: FrameHead): void {
    if (this.#frames.head(head)) this.members.restart();
  }

  payload(bytes: Uint8Array): void {
    if (!this.#frames.isControl) this.members.push(this.#frames.plain(bytes));
  }
}

/** What a gate asks of its session. */
export interface TurnJudge {
  /** @returns why the turn is refused, or `null` */
  readonly refuses: (turn: Turn | Doubt) => ProxyError | null;
  /** A message was refused and left out; the session goes on. */
  readonly leftOut: (reason: ProxyError, streamId: string | null) => void;
}

/**
 * Judges the messages of a Responses session one by one by their own model. A message is held until it is whole; of a
 * longer one than may be held, all but its last byte goes on, so that the platform cannot act on it before it was
 * judged: messages of any size need the same memory.
 */
export class TurnGate implements Gate {
  readonly #limitBytes: number;
  readonly #judge: TurnJudge;
  readonly #reading = new TurnReading();
  readonly #frames = new GatheredBytes();
  /** Whether a message has begun and not ended. */
  #isOpen = false;
  /** Whether a part of the message has gone on already. */
  #isLong = false;

  /** @param limitBytes of frames that are held at a time */
  constructor(limitBytes: number, judge: TurnJudge) {
    this.#limitBytes = limitBytes;
    this.#judge = judge;
  }

  handling(head: FrameHead): Handling {
    this.#reading.head(head);
    if (isControl(head.opcode)) return this.#control(head);
    // A message that begins within another is none to any server (RFC 6455 §5.4).
    if (this.#isOpen !== (head.opcode === OPCODE.continuation)) return 'stop';
    if (!this.#isOpen) this.#isLong = false;
    this.#isOpen = !head.fin;
    if (!this.#isLong && this.#frames.length + head.headLength + head.length <= this.#limitBytes)
      return 'hold';
    this.#isLong = true;
    return head.fin && head.length === 0 ? 'hold' : 'guard';
  }

  /** What waits with the message keeps its place in it; a close ends the message unread. */
  #control(head: FrameHead): Handling {
    if (head.opcode === OPCODE.close || this.#frames.length === 0) return 'pass';
    return this.#frames.length + head.headLength + head.length <= this.#limitBytes ? 'hold' : 'stop';
  }

  payload(bytes: Uint8Array): void {
    this.#reading.payload(bytes);
  }

  /** The frames of a message that has become too long to be held: they go on before its next one. */
  released(): Uint8Array {
    if (!this.#isLong || this.#frames.length === 0) return NOTHING;
    return this.#all();
  }

  #all(): Uint8Array {
    const frames = this.#frames.view();
    this.#frames.restart();
    return frames;
  }

  take(frame: Uint8Array): Uint8Array | null {
    this.#frames.append(frame);
    if (this.#isOpen) return NOTHING;
    const frames = this.#all();
    if (this.admits()) return frames;
    return this.#isLong ? null : NOTHING;
  }

  admits(): boolean {
    const turn = turnOf(this.#reading.members);
    const reason = this.#judge.refuses(turn);
    if (reason !== null) this.#judge.leftOut(reason, 'doubt' in turn ? null : turn.streamId);
    return reason === null;
  }
}

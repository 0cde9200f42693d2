import type { Identity } from '../../core/identity.ts';
import type { Operation } from '../../core/operation.ts';
import { errorEvent } from '../../core/websocket/error-event.ts';
import { type FrameHead, OPCODE, textFrame } from '../../core/websocket/frame.ts';
import type { Gate } from '../../core/websocket/gate.ts';
import { MessageGate } from '../../core/websocket/message-gate.ts';
import { MessageReader } from '../../core/websocket/message-reader.ts';
import { modelsToldIn, modelsToldInBinary } from '../../core/websocket/session-model.ts';
import type { SessionError } from '../../core/websocket/session-usage.ts';
import { type Doubt, type Turn, TurnGate, TurnReading, turnOf } from '../../core/websocket/turn-gate.ts';
import type { Exchange } from '../exchange.ts';
import { notPermitted, restricted } from '../stages/model-refusal.ts';
import type { DirectionParts } from './direction.ts';

/** Longer messages are not read, and held no longer than this where models have to be checked. */
const LONGEST_READ_BYTES = 1024 * 1024;
/** Models of a session that are remembered, for a later change of what its key may use. */
const MOST_TOLD = 100;

/** Sessions of the Responses API: each `response.create` names its model at its top, and nothing in it does so elsewhere. */
const hasTurns = (operation: Operation | null): boolean => operation?.name === 'responses';

/** Where turns are judged, the first one that is let through is noted then. */
const NOTES_NONE = (): boolean => false;

/** Which models a session uses: those its client's messages name, and whether its key may use them. */
export class SessionModels {
  readonly gate: Gate | null;
  readonly reader: DirectionParts['reader'];
  readonly #exchange: Exchange;
  /** The models that the messages of a restricted key have named so far. */
  readonly #told = new Set<string>();
  #identity: Identity;
  #refusal: SessionError | null = null;

  /** @param tell sends the client a message of ours */
  constructor(exchange: Exchange, identity: Identity, tell: (frame: Uint8Array) => void) {
    this.#exchange = exchange;
    this.#identity = identity;
    const isFree = identity.models === null;
    const turns = hasTurns(exchange.operation);
    this.reader = turns ? new TurnReader(isFree ? this.#noteTurn : NOTES_NONE) : this.#messageReader();
    if (isFree) this.gate = null;
    else if (turns)
      this.gate = new TurnGate(LONGEST_READ_BYTES, {
        refuses: this.#refuses,
        leftOut: (reason, streamId) => {
          this.#refusal = { outcome: 'client_error', code: reason.code, message: reason.message };
          tell(textFrame(errorEvent(reason, streamId)));
        },
      });
    else this.gate = new MessageGate(LONGEST_READ_BYTES, (text, isBinary) => this.#admits(text, isBinary));
  }

  /** Why the last turn that was left out was refused, or `null`. */
  get refusal(): SessionError | null {
    return this.#refusal;
  }

  /** Goes on under a new configuration. @returns whether everything that was named may be used still */
  renew(identity: Identity): boolean {
    const wasFree = this.#identity.models === null;
    this.#identity = identity;
    const { models } = identity;
    if (models === null) return true;
    const { model } = this.#exchange;
    // What went by unread cannot be judged any more.
    if (wasFree || this.#told.size >= MOST_TOLD) return false;
    return [...this.#told, ...(model === null ? [] : [model])].every((one) => models(one));
  }

  #messageReader(): MessageReader {
    return new MessageReader(LONGEST_READ_BYTES, {
      wants: () => this.#exchange.model === null,
      text: (text) => {
        const [model] = this.#exchange.model === null ? (modelsToldIn(text) ?? []) : [];
        if (model !== undefined) this.#exchange.model = model;
      },
    });
  }

  #admits(text: string, isBinary: boolean): boolean {
    const { models } = this.#identity;
    if (models === null) return true;
    const told = isBinary ? modelsToldInBinary(text) : modelsToldIn(text);
    if (told?.every((model) => models(model)) !== true) return false;
    for (const model of told) this.#remember(model);
    return true;
  }

  #remember(model: string): void {
    if (this.#told.size < MOST_TOLD) this.#told.add(model);
  }

  /** The session's model is the one of its first turn. @returns whether there may be one to note still */
  readonly #noteTurn = (turn: Turn | Doubt | null): boolean => {
    if (this.#exchange.model !== null) return false;
    if (turn !== null && !('doubt' in turn)) this.#exchange.model = turn.model;
    return this.#exchange.model === null;
  };

  readonly #refuses = (turn: Turn | Doubt) => {
    const { models } = this.#identity;
    if (models === null) return null;
    if ('doubt' in turn) return restricted(turn.doubt);
    const { model, asks } = turn;
    if (model === null) return asks ? restricted('the message names none') : null;
    if (!models(model)) return notPermitted(model, this.#identity);
    this.#remember(model);
    this.#exchange.model ??= model;
    return null;
  };
}

/** Counts the messages of a client, and reads the first turns of a Responses session for their model, of any size. */
class TurnReader {
  messages = 0;
  readonly #note: (turn: Turn | Doubt | null) => boolean;
  readonly #reading = new TurnReading();
  #isRead = false;
  #ends = false;

  /** @param note takes a turn that was read; with `null` it only says whether the next one is wanted */
  constructor(note: (turn: Turn | Doubt | null) => boolean) {
    this.#note = note;
  }

  head(head: FrameHead): void {
    const isData = head.opcode <= OPCODE.binary;
    this.#ends = isData && head.fin;
    if (isData && head.opcode !== OPCODE.continuation) this.#isRead = this.#note(null);
    if (this.#isRead) this.#reading.head(head);
  }

  payload(bytes: Uint8Array): void {
    if (this.#isRead) this.#reading.payload(bytes);
  }

  end(): void {
    if (!this.#ends) return;
    this.messages += 1;
    if (this.#isRead) this.#note(turnOf(this.#reading.members));
  }

  whole(bytes: Uint8Array, isText: boolean, isMasked: boolean, from: number, until: number): void {
    const mask = isMasked ? bytes.subarray(from - 4, from) : null;
    const opcode = isText ? OPCODE.text : OPCODE.binary;
    this.head({ fin: true, opcode, mask, length: until - from, headLength: 0 });
    this.payload(bytes.subarray(from, until));
    this.end();
  }
}

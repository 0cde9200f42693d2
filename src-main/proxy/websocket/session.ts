import { randomBytes } from 'node:crypto';
import { type Duplex, finished } from 'node:stream';
import type { Outcome } from '../../contract/request-record.ts';
import type { Identity } from '../../core/identity.ts';
import type { OpenWebSocket } from '../../core/open-websocket.ts';
import { CLOSE } from '../../core/websocket/close-code.ts';
import { EventMessages } from '../../core/websocket/event-messages.ts';
import { closePayload, controlFrame, OPCODE } from '../../core/websocket/frame.ts';
import { SessionUsage } from '../../core/websocket/session-usage.ts';
import type { Exchange, Waiting } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { holderOf } from '../holder.ts';
import { loggedModel, record } from '../stages/record.ts';
import { Direction, type Farewell } from './direction.ts';
import { type Ending, endingOf, GOOD, type Parting } from './ending.ts';
import { SessionModels } from './session-models.ts';
import type { OpenSession } from './sessions.ts';

/** Codes come from platforms; longer ones are cut. UTF-16 units. */
const LONGEST_CODE = 100;
/** How long the sides have to end their connections after a close of ours, and a platform whose client is gone. */
const CLOSING_MS = 3_000;
/** How long a side may take over what it was sent before the other side ended. */
const DELIVERY_MS = 60_000;

/** An open WebSocket session: two connections, and what goes from one to the other. */
export class Session implements Waiting, OpenSession {
  readonly exchange: Exchange;
  readonly #gateway: Gateway;
  readonly #client: Duplex;
  readonly #platform: Duplex;
  /** From the client, and from the platform. */
  readonly #up: Direction;
  readonly #down: Direction;
  readonly #usage = new SessionUsage(() => this.#up.messages);
  readonly #models: SessionModels;
  #identity: Identity;
  /** On the monotonic clock; `Infinity` while nobody has asked to close. */
  #cutAtMs = Number.POSITIVE_INFINITY;
  #ending: Ending | null = null;
  #parting: Parting | null = null;
  #over = false;

  constructor(exchange: Exchange, gateway: Gateway, identity: Identity, client: Duplex, platform: Duplex) {
    this.exchange = exchange;
    this.#gateway = gateway;
    this.#identity = identity;
    this.#client = client;
    this.#platform = platform;
    const { turn } = gateway.sessions;
    const nowMs = () => gateway.clock.monotonicMs();
    const refused = (begun: boolean) => {
      // A message that has gone on in part must not be ended by anything.
      if (begun) platform.destroy();
      this.#refuseModel();
    };
    this.#models = new SessionModels(exchange, identity, (frame) => this.#down.tell(frame));
    this.#up = new Direction({
      source: client,
      target: platform,
      turn,
      masks: true,
      reader: this.#models.reader,
      gate: this.#models.gate,
      nowMs,
      refused,
      parting: this.#partingOf(false),
      drained: () => this.#down.alive.heard(nowMs()),
    });
    this.#down = new Direction({
      source: platform,
      target: client,
      turn,
      masks: false,
      reader: new EventMessages(this.#usage),
      gate: null,
      nowMs,
      refused,
      parting: this.#partingOf(true),
      drained: () => this.#up.alive.heard(nowMs()),
    });
  }

  /** Begins to carry. @param early what the client sent before the platform was there; @param first what came with its answer */
  start(early: readonly Uint8Array[], first: Uint8Array): void {
    this.exchange.waiting = this;
    this.exchange.deadlineMs = Number.POSITIVE_INFINITY;
    this.#gateway.sessions.add(this);
    this.#carry(this.#client, this.#platform, this.#up, () => this.#clientLeft());
    this.#carry(this.#platform, this.#client, this.#down, () => this.#platformLeft());
    if (first.length > 0) this.#down.push(first);
    for (const chunk of early) this.#up.push(chunk);
    this.#client.resume();
    this.#platform.resume();
    this.#catchUp();
  }

  /** What changed for all open sessions while this one was not open yet. */
  #catchUp(): void {
    const { sessions, draining, snapshot } = this.#gateway;
    if (draining) sessions.farewell(this);
    else if (snapshot !== this.exchange.snapshot) {
      sessions.reviewOne(this, (exchange) => holderOf(exchange, this.#gateway));
    }
  }

  #carry(source: Duplex, target: Duplex, direction: Direction, left: () => void): void {
    source.on('data', (chunk: Buffer) => direction.push(chunk));
    source.on('end', () => {
      if (direction.farewell === null) left();
      direction.sourceEnded();
    });
    source.on('error', left);
    source.on('close', () => {
      if (direction.farewell === null) left();
      direction.endTarget();
      if (target.destroyed) this.#finish();
      else this.#outlive(target);
    });
  }

  /** The other side is gone: what is on its way to this one still goes out, and a slow client has time to read it. */
  #outlive(target: Duplex): void {
    // Nobody takes what it sends itself, but its end has to be noticed.
    target.resume();
    this.#cutWithin(DELIVERY_MS);
    if (target === this.#platform) finished(target, { readable: false }, () => this.#cutWithin(CLOSING_MS));
  }

  #partingOf(byPlatform: boolean): (farewell: Farewell) => void {
    return (farewell) => {
      this.#parting ??= { byPlatform, farewell };
    };
  }

  /** Somebody who asked to close, or is gone already, has no part in how it ended. */
  #note(ending: Ending): void {
    if (this.#parting === null) this.#ending ??= ending;
  }

  #clientLeft(): void {
    // Some programs end the connection without a close when they have their answer.
    this.#note(this.#usage.isAnswered ? GOOD : { outcome: 'partial', code: null, message: null });
  }

  #platformLeft(): void {
    this.#note({
      outcome: 'platform_error',
      code: 'upstream_protocol_error',
      message: 'the platform ended the connection without closing the session',
    });
  }

  describe(): OpenWebSocket {
    const { id, time, identity, channel, operation, model, client } = this.exchange;
    return {
      request_id: id,
      startedMs: time,
      user: identity?.user ?? null,
      key_id: identity?.keyId ?? null,
      channel: channel?.id ?? null,
      endpoint: operation?.endpoint ?? '',
      model: model === null ? null : loggedModel(model, this.exchange, this.#gateway),
      client,
      bytes_in: this.#up.bytes,
      bytes_out: this.#down.bytes,
      messages_in: this.#up.messages,
      messages_out: this.#down.messages,
    };
  }

  /** What is due: asked about once a second. */
  sweep(nowMs: number): void {
    if (nowMs >= this.#cutAtMs) {
      this.#cut();
      return;
    }
    if (this.#identity.expiresAtMs <= this.#gateway.clock.now()) {
      this.close(CLOSE.policy, 'proxy_key_expired', 'client_error');
      return;
    }
    this.#lookAfter(this.#up, this.#down, nowMs, () => this.#clientLeft());
    this.#lookAfter(this.#down, this.#up, nowMs, () => this.#platformLeft());
  }

  /** @param from what the leg sends; @param to what goes to it */
  #lookAfter(from: Direction, to: Direction, nowMs: number, left: () => void): void {
    if (from.isBlocked) return;
    const action = from.alive.due(nowMs);
    if (action === 'ping') to.ping(from.alive);
    if (action !== 'dead') return;
    left();
    this.#cut();
  }

  /** Goes on under a new configuration. @param identity whoever holds the key now */
  renew(identity: Identity): void {
    this.#identity = identity;
    this.exchange.snapshot = this.#gateway.snapshot;
    if (!this.#models.renew(identity)) this.#refuseModel();
  }

  #refuseModel(): void {
    this.close(CLOSE.policy, 'model_not_permitted', 'client_error');
  }

  /** Closes both legs with a code and a reason, each behind the frame that is under way to it. */
  close(code: number, reason: string, outcome: Outcome): void {
    this.#ending ??= outcome === 'success' ? GOOD : { outcome, code: reason, message: null };
    for (const direction of [this.#up, this.#down]) {
      const mask = direction.masks ? randomBytes(4) : null;
      direction.endWith(controlFrame(OPCODE.close, closePayload(code, reason), mask));
    }
    this.#cutWithin(CLOSING_MS);
  }

  #cutWithin(ms: number): void {
    this.#cutAtMs = Math.min(this.#cutAtMs, this.#gateway.clock.monotonicMs() + ms);
  }

  #cut(): void {
    this.#client.destroy();
    this.#platform.destroy();
    this.#finish();
  }

  leave(): void {
    this.#clientLeft();
    this.#cut();
  }

  expire(): void {
    this.#cut();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    const { exchange } = this;
    const gateway = this.#gateway;
    gateway.sessions.delete(this);
    const told = this.#usage.error ?? this.#models.refusal;
    const ending = this.#ending ?? endingOf(this.#parting, told);
    exchange.bytesIn = this.#up.bytes;
    exchange.bytesOut = this.#down.bytes;
    exchange.messagesIn = this.#up.messages;
    exchange.messagesOut = this.#down.messages;
    exchange.usage = this.#usage.usage;
    exchange.outcome = ending.outcome === 'success' && told !== null ? told.outcome : ending.outcome;
    exchange.errorCode = gateway.mask((ending.code ?? told?.code ?? '').slice(0, LONGEST_CODE)) || null;
    exchange.errorMessage = gateway.mask(ending.message ?? told?.message ?? '') || null;
    exchange.waiting = null;
    record(exchange, gateway);
    exchange.res.destroy();
  }
}

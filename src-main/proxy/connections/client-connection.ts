import { Socket } from 'node:net';
import type { Clock } from '../../core/ports.ts';
import type { GatewayResponse } from '../gateway-response.ts';
import type { Place } from './crowd.ts';
import {
  currentResponse,
  goOnParsing,
  isReceiving,
  setLast,
  stopParsingWhere,
  takeReader,
} from './node-http.ts';

/** A client that ends its side so soon after its request has not left: it only sends no more. */
const HALF_CLOSE_MS = 100;
/** What comes behind an unanswered request is read up to this size, which is what one read may bring. */
const MOST_HELD_BYTES = 64 * 1024;
/** What a client still sends behind the last answer is read for so long. */
const LINGER_MS = 5_000;

/** No bytes, at an address: to llhttp none would mean the end of the connection. */
const NOTHING = Buffer.from(' ').subarray(1);

/** Whether a client that ended its side still waits for its answer. @param nowMs on the monotonic clock */
export function isHalfClose(response: GatewayResponse, nowMs: number): boolean {
  const { req, exchange, headersSent, writableEnded } = response;
  // All of the answer is on its way, and whoever left does not mind.
  if (writableEnded) return true;
  if (!req.complete || headersSent) return false;
  return exchange === null || nowMs - exchange.lastByteMs <= HALF_CLOSE_MS;
}

/** Begins a request that has waited. @param isRestLost nothing behind its head can be read any more */
type Begin = (isRestLost: boolean) => void;

/**
 * The connection of a client. Its requests run one at a time: where the next one arrives while one is being
 * answered, parsing stops behind its head and the socket is not read until its turn has come.
 */
export class ClientConnection {
  readonly socket: Socket;
  readonly place: Place;
  /** How many connections may be seated now. */
  readonly maxConnections: () => number;
  readonly #clock: Clock;
  /** Begins the request that waits for its turn. */
  #next: Begin | null = null;
  /** What came behind the head of that request. */
  #held: Buffer = NOTHING;
  /** When the last of it came, on the monotonic clock. */
  #keptMs = 0;
  /** node:http's own reader, once the bytes go through here. */
  #reader: ((bytes: Buffer) => void) | null = null;
  #clientEnded = false;
  #isClosing = false;
  #isEnding = false;

  constructor(
    socket: Socket,
    facts: Pick<ClientConnection, 'place' | 'maxConnections'> & { readonly clock: Clock },
  ) {
    this.socket = socket;
    this.place = facts.place;
    this.maxConnections = facts.maxConnections;
    this.#clock = facts.clock;
    stopParsingWhere(socket, (isRestLost) => this.#stopsHere(isRestLost));
    // node:https leaves it off, and during a handshake it must be.
    socket.allowHalfOpen = true;
    socket.on('end', this.#ended);
    socket.destroySoon = this.#endGently;
  }

  /** Whether an answer is under way. */
  get isAnswering(): boolean {
    return currentResponse(this.socket) !== null;
  }

  /** Whether no more requests are taken. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Takes no more requests: what still comes is thrown away, so that the client's leaving is noticed all the same. */
  takeNoMore(): void {
    this.#isClosing = true;
    this.#next = null;
    this.#held = NOTHING;
    this.#readHere();
  }

  /**
   * Begins a request when the answers before it have ended.
   * Each begins in a turn of the event loop of its own, so that a thousand of them do not keep others waiting.
   */
  wait(response: GatewayResponse, begin: Begin): void {
    this.#next = begin;
    response.once('socket', () => setImmediate(this.#begin));
  }

  /** Keeps what was not parsed until its turn has come. */
  hold(bytes: Buffer): void {
    this.#readHere();
    this.#keep(bytes);
  }

  /** Lets go of the socket: another protocol is spoken on it from now on. */
  release(): void {
    const { socket } = this;
    socket.off('end', this.#ended);
    socket.off('data', this.#take);
    socket.destroySoon = Socket.prototype.destroySoon;
  }

  readonly #begin = (): void => {
    const begin = this.#next;
    const held = this.#held;
    const { socket } = this;
    if (begin === null || socket.destroyed) return;
    this.#next = null;
    this.#held = NOTHING;
    begin(this.#isClosing);
    if (socket.destroyed) return;
    goOnParsing(socket);
    // Also where nothing was held: the parser has yet to see that a request without a body is complete.
    this.#reader?.(held);
    this.#placeClientsEnd();
    if (this.#next === null) socket.resume();
  };

  #stopsHere(isRestLost: boolean): boolean {
    if (this.#next === null) return false;
    if (isRestLost) {
      this.#isClosing = true;
      setImmediate(() => this.#readHere());
    }
    return true;
  }

  #readHere(): void {
    if (this.#reader !== null || this.socket.destroyed) return;
    this.#reader = takeReader(this.socket);
    this.socket.on('data', this.#take);
    this.socket.resume();
  }

  readonly #take = (bytes: Buffer): void => {
    if (this.#isClosing) return;
    if (this.#next === null) this.#reader?.(bytes);
    else this.#keep(bytes);
  };

  /** Reads on until there is as much as one read brings, so that the client's leaving is noticed. */
  #keep(bytes: Buffer): void {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#keptMs = this.#clock.monotonicMs();
    if (this.#held.length >= MOST_HELD_BYTES) this.socket.pause();
  }

  /** node:http closes after the response that was the last one when the client ended: more may have been held. */
  #placeClientsEnd(): void {
    const response = currentResponse(this.socket);
    if (this.#clientEnded && response !== null) setLast(response, this.#next === null);
  }

  readonly #ended = (): void => {
    this.#clientEnded = true;
    const response = currentResponse(this.socket);
    if (response === null) return;
    const nowMs = this.#clock.monotonicMs();
    const stays = this.#next === null ? isHalfClose(response, nowMs) : nowMs - this.#keptMs <= HALF_CLOSE_MS;
    if (!stays) this.socket.destroy();
  };

  /**
   * Ends our side first where the client is still sending: closing both at once would reset the connection and
   * destroy the answer on its way (RFC 9112 §9.6).
   */
  readonly #endGently = (): void => {
    const { socket } = this;
    if (this.#isEnding) return;
    if (!this.#isClosing && this.#next === null && !isReceiving(socket)) {
      Socket.prototype.destroySoon.call(socket);
      return;
    }
    this.#isEnding = true;
    this.takeNoMore();
    socket.end();
    socket.once(
      'close',
      this.#clock.after(LINGER_MS, () => socket.destroy()),
    );
  };
}

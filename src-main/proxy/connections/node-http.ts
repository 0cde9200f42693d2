import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayResponse } from '../gateway-response.ts';

/** What node:http keeps on a socket and has no public name for. All of it is read here, and nowhere else. */
interface Parser {
  /** Called when a request's head is there. What it returns tells llhttp how to go on. */
  onIncoming(request: IncomingMessage & { readonly upgrade: boolean }, keepAlive: boolean): number;
  resume(): void;
}

/** llhttp's `HPE_PAUSED`: a callback that returns it stops the parser where it stands. */
const STOP = 21;

/** The code of the error that tells of such a stop, with the bytes that were not parsed yet. */
export const STOPPED = 'HPE_PAUSED';

const isParser = (value: unknown): value is Parser =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'onIncoming') === 'function' &&
  typeof Reflect.get(value, 'resume') === 'function';

function parserOf(socket: Duplex): Parser | null {
  const parser: unknown = Reflect.get(socket, 'parser');
  return isParser(parser) ? parser : null;
}

/** The response that has its turn on a connection; `null` between two requests. */
export function currentResponse(socket: Duplex): GatewayResponse | null {
  const message: unknown = Reflect.get(socket, '_httpMessage');
  return message instanceof GatewayResponse ? message : null;
}

/** Whether a request's body has not come to its end, answered or not. */
export function isReceiving(socket: Duplex): boolean {
  const incoming: unknown = Reflect.get(Object(Reflect.get(socket, 'parser')), 'incoming');
  return typeof incoming === 'object' && incoming !== null && Reflect.get(incoming, 'complete') === false;
}

/**
 * Stops parsing behind the head of a request for which `shallStop` says so. The rest comes with the error `STOPPED`,
 * but not where the request asks for another protocol: then it is lost.
 */
export function stopParsingWhere(socket: Duplex, shallStop: (isRestLost: boolean) => boolean): void {
  const parser = parserOf(socket);
  if (parser === null) return;
  const take = parser.onIncoming;
  parser.onIncoming = (request, keepAlive) => {
    const asksForOther = request.upgrade;
    const way = take(request, keepAlive);
    return shallStop(asksForOther) ? STOP : way;
  };
}

/** Lets the parser go on behind the head where it was stopped. */
export function goOnParsing(socket: Duplex): void {
  parserOf(socket)?.resume();
}

/** Whether the connection ends after this response. */
export function setLast(response: GatewayResponse, isLast: boolean): void {
  Reflect.set(response, '_last', isLast);
}

/**
 * Takes node:http's own reader off a socket, which reads on like any other from then on.
 * @returns it, to be given bytes when their turn has come
 */
export function takeReader(socket: Duplex): (bytes: Buffer) => void {
  const [reader] = socket.listeners('data');
  if (reader === undefined) return () => undefined;
  // Where node:http has paused the socket, because answers wait to be read, it would resume it by itself.
  Reflect.set(socket, '_paused', false);
  socket.emit('resume');
  Reflect.apply(socket.removeListener, socket, ['data', reader]);
  return (bytes) => void Reflect.apply(reader, socket, [bytes]);
}

/** The TCP socket that a TLS socket of a server runs on. */
export function socketBeneath(socket: Duplex): object {
  return Object(Reflect.get(socket, '_parent'));
}

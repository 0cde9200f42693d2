import type { Duplex } from 'node:stream';
import { ProxyError } from '../contract/errors.ts';
import type { ClientConnection } from './connections/client-connection.ts';
import { currentResponse, isReceiving, STOPPED, setLast } from './connections/node-http.ts';
import type { GatewayResponse } from './gateway-response.ts';
import { fail } from './stages/fail.ts';

const BARE = {
  400: 'HTTP/1.1 400 Bad Request',
  405: 'HTTP/1.1 405 Method Not Allowed',
  408: 'HTTP/1.1 408 Request Timeout',
  431: 'HTTP/1.1 431 Request Header Fields Too Large',
} as const;

type BareStatus = keyof typeof BARE;

/** A refused client has this long to take its answer and go. */
const LEAVE_MS = 5_000;

/** Answers without a body, and ends the connection. */
function closeWith(socket: Duplex, status: BareStatus): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const cut = setTimeout(() => socket.destroy(), LEAVE_MS);
  cut.unref();
  socket.once('close', () => clearTimeout(cut));
  socket.resume();
  socket.end(
    `${BARE[status]}\r\nconnection: close\r\ncontent-length: 0\r\nx-aiproxy-error-source: gateway\r\n\r\n`,
  );
}

/** The same once the answer that is under way has ended. */
function closeBehind(socket: Duplex, response: GatewayResponse | null, status: BareStatus): void {
  if (response === null) closeWith(socket, status);
  else response.once('finish', () => void (socket.writable && closeWith(socket, status)));
}

function statusOf(code: string | undefined): BareStatus {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

/** What node:http adds to an error of its parser. */
export interface ParseError extends NodeJS.ErrnoException {
  readonly bytesParsed?: number;
  readonly rawPacket?: Buffer;
}

/**
 * Bytes that are no HTTP request end the connection: behind an answer that is under way, with a bare one where no
 * request could be parsed, and with a proper one where a request's body breaks off its framing.
 */
export function onParseError(
  error: ParseError,
  socket: Duplex,
  connection: ClientConnection | undefined,
): void {
  const { code, rawPacket, bytesParsed = 0 } = error;
  if (code === STOPPED && connection !== undefined && rawPacket !== undefined) {
    connection.hold(rawPacket.subarray(bytesParsed));
    return;
  }
  connection?.takeNoMore();
  const response = currentResponse(socket);
  // A reset, or the rest of a body that was answered already: there is nobody to tell.
  if (code === 'ECONNRESET' || (response === null && isReceiving(socket))) socket.destroy();
  else if (response === null || response.req.complete) closeBehind(socket, response, statusOf(code));
  else if (code === 'HPE_INVALID_EOF_STATE') socket.destroy();
  else refuseBody(response);
}

/** The chunks of a body are broken (RFC 9112 §7.1): where the next request begins is not known any more. */
function refuseBody(response: GatewayResponse): void {
  const { exchange, gateway, socket } = response;
  if (response.writableEnded) {
    setLast(response, true);
    return;
  }
  if (exchange === null || gateway === null || exchange.recorded || response.headersSent) {
    socket?.destroy();
    return;
  }
  const error = new ProxyError('bad_request', 'the chunks of the body are broken');
  response.shouldKeepAlive = false;
  if (exchange.body.kind === 'streamed') exchange.body.stream.destroy(error);
  else fail(exchange, gateway, error);
}

/**
 * AIProxy is a gateway, not a forward proxy. node:http lets go of a socket that asked for CONNECT: its errors
 * and its end are ours to hear.
 */
export function refuseConnect(socket: Duplex): void {
  const response = currentResponse(socket);
  socket.on('error', () => socket.destroy());
  // An answer that is under way still waits for it, and node:http does not tell it any more.
  if (response !== null) socket.on('drain', () => response.emit('drain'));
  closeBehind(socket, response, 405);
}

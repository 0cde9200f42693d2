import type { Duplex } from 'node:stream';

const BARE = {
  400: 'HTTP/1.1 400 Bad Request',
  405: 'HTTP/1.1 405 Method Not Allowed',
  408: 'HTTP/1.1 408 Request Timeout',
  431: 'HTTP/1.1 431 Request Header Fields Too Large',
} as const;

function closeWith(socket: Duplex, status: keyof typeof BARE): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(
    `${BARE[status]}\r\nconnection: close\r\ncontent-length: 0\r\nx-aiproxy-error-source: gateway\r\n\r\n`,
  );
}

function statusOf(code: string | undefined): keyof typeof BARE {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

/** Bytes that are no HTTP request get a bare answer, and the connection ends. */
export function onParseError(error: NodeJS.ErrnoException, socket: Duplex): void {
  // A connection that was reset, or that is in the middle of an answer, has nobody to tell.
  if (error.code === 'ECONNRESET' || isAnswering(socket)) socket.destroy();
  else closeWith(socket, statusOf(error.code));
}

/** Node keeps the response that is being written on the socket. */
function isAnswering(socket: Duplex): boolean {
  const message: unknown = Reflect.get(socket, '_httpMessage');
  return typeof message === 'object' && message !== null && Reflect.get(message, 'headersSent') === true;
}

/** A refused client has this long to take its answer and go. */
const LEAVE_MS = 5_000;

/**
 * AIProxy is a gateway, not a forward proxy. node:http lets go of a socket that asked for CONNECT: its errors
 * and its end are ours to hear.
 */
export function refuseConnect(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), LEAVE_MS);
  cut.unref();
  socket.once('close', () => clearTimeout(cut));
  closeWith(socket, 405);
}

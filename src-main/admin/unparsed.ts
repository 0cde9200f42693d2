import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What the console says to bytes that its parser could not take, by node:http's code. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'bad_request', 'The request did not come in time.'],
};
const NO_HTTP = [400, 'bad_request', 'This is no HTTP request.'] as const;

/** A refused client has this long to take its answer and go. */
const LEAVE_MS = 5_000;

/** Answers what is no request as every other error of the admin API, and ends the connection. */
export function refuseUnparsed(error: NodeJS.ErrnoException, socket: Duplex): void {
  // It was answered already; what still comes is not looked at.
  if (socket.writableEnded) return;
  const answering: unknown = Reflect.get(socket, '_httpMessage');
  if (error.code === 'ECONNRESET' || !socket.writable || answering != null) {
    socket.destroy();
    return;
  }
  const [status, code, message] = REFUSALS[error.code ?? ''] ?? NO_HTTP;
  const body = JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.resume();
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Closing while the client still sends would reset the connection and destroy the answer (RFC 9112 §9.6).
  const cut = setTimeout(() => socket.destroy(), LEAVE_MS);
  cut.unref();
  socket.once('close', () => clearTimeout(cut));
}

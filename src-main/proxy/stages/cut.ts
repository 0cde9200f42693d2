import { TLSSocket } from 'node:tls';
import type { Exchange } from '../exchange.ts';

/**
 * Breaks the client's connection in the middle of an answer, so that nobody takes the part for the whole. In
 * HTTP/1.0 the end of the connection is the end of the body, and only a reset says otherwise; TLS says it by itself.
 */
export function cut({ req }: Exchange): void {
  // The request's socket, because a response has one only while it has its turn.
  const { socket } = req;
  if (req.httpVersion !== '1.0' || socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

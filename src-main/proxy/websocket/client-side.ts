import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { GatewayResponse } from '../gateway-response.ts';

/** As much as a client may send before the platform is there, bytes; more waits in its socket. */
const MOST_EARLY_BYTES = 1024 * 1024;

/**
 * The client of a handshake: first it may get an answer like any other request, then its socket is the session's.
 * node:http has let go of the socket, so what it would do around a response is done here.
 */
export class ClientSide {
  readonly socket: Socket;
  readonly res: GatewayResponse;
  #early: Uint8Array[] = [];
  #earlyBytes = 0;

  /** @param first what came behind the request's head */
  constructor(req: IncomingMessage, socket: Socket, first: Uint8Array) {
    this.socket = socket;
    this.res = new GatewayResponse(req);
    this.res.shouldKeepAlive = false;
    this.res.assignSocket(socket);
    this.res.on('finish', this.#answered);
    socket.on('error', this.#failed);
    socket.on('data', this.#take);
    // A client that closes its half before the session is there has left.
    socket.on('end', this.#failed);
    if (first.length > 0) this.#take(first);
  }

  /** Makes the socket the session's. @returns what the client has sent already, in order */
  upgrade(head: Uint8Array): readonly Uint8Array[] {
    const { socket, res } = this;
    socket.off('data', this.#take);
    socket.off('end', this.#failed);
    socket.off('error', this.#failed);
    socket.pause();
    res.off('finish', this.#answered);
    res.detachSocket(socket);
    socket.setTimeout(0);
    socket.write(head);
    const early = this.#early;
    this.#early = [];
    return early;
  }

  readonly #take = (chunk: Uint8Array): void => {
    this.#early.push(chunk);
    this.#earlyBytes += chunk.length;
    if (this.#earlyBytes >= MOST_EARLY_BYTES) this.socket.pause();
  };

  readonly #failed = (): void => {
    this.socket.destroy();
  };

  readonly #answered = (): void => {
    this.res.detachSocket(this.socket);
    this.socket.destroySoon();
  };
}

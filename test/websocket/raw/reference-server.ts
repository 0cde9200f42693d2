import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { PEER_LIMIT } from './frame-cases.ts';

/** What a peer heard, in order; payloads in hex. */
export type Heard = readonly (readonly [event: string, ...facts: readonly (string | number)[]])[];

/** A platform that judges what it gets by the book, and sends messages back. */
export interface ReferenceServer {
  readonly port: number;
  /** What the oldest session not asked for yet heard, once it is closed. */
  heard(): Promise<Heard>;
  close(): Promise<void>;
}

/** Starts one. */
export async function startReferenceServer(): Promise<ReferenceServer> {
  const over: Promise<Heard>[] = [];
  let wake = (): void => undefined;
  const server = createServer();
  const sockets = new WebSocketServer({ server, maxPayload: PEER_LIMIT, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    const heard: [string, ...(string | number)[]][] = [];
    socket.on('message', (data: Buffer, isBinary) => {
      heard.push([isBinary ? 'binary' : 'text', data.length, data.toString('hex', 0, 100)]);
      socket.send(data, { binary: isBinary });
    });
    socket.on('ping', (data) => heard.push(['ping', data.toString('hex')]));
    socket.on('pong', (data) => heard.push(['pong', data.toString('hex')]));
    socket.on('error', (error) => heard.push(['error', error.message]));
    over.push(
      new Promise((resolve) => {
        socket.on('close', (code, reason) => {
          heard.push(['close', code, reason.toString('hex')]);
          resolve(heard);
        });
      }),
    );
    wake();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async heard() {
      for (;;) {
        const session = over.shift();
        if (session !== undefined) return session;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

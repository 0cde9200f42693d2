import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SelfSigned } from '../self-signed.ts';

/** A handshake as the platform saw it. */
export interface SeenHandshake {
  readonly url: string;
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
}

/** A platform that speaks WebSocket. */
export interface WebSocketStandIn {
  readonly url: string;
  readonly handshakes: readonly SeenHandshake[];
  /** The sessions open now. */
  readonly open: ReadonlySet<WebSocket>;
  close(): Promise<void>;
}

export interface WebSocketBehaviour {
  /** What it does with a session. */
  readonly serve: (socket: WebSocket, request: IncomingMessage) => void;
  /** Refuses a handshake with an HTTP status. */
  readonly refuse?: (request: IncomingMessage) => { readonly status: number; readonly body: string } | null;
  /** Which of the offered subprotocols it takes; the first where it does not care. */
  readonly select?: (offered: ReadonlySet<string>) => string | false;
  /** What it answers to requests that are no handshakes; 404 where it has nothing else. */
  readonly answer?: RequestListener;
  /** Serves `wss:` in place of `ws:`. */
  readonly tls?: SelfSigned;
}

const notFound: RequestListener = (_request, response) => response.writeHead(404).end();

/** Starts one on a free port. */
export async function startWebSocketStandIn(behaviour: WebSocketBehaviour): Promise<WebSocketStandIn> {
  const handshakes: SeenHandshake[] = [];
  const open = new Set<WebSocket>();
  const { tls, select, answer = notFound } = behaviour;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: true,
    ...(select === undefined ? {} : { handleProtocols: select }),
  });
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  server.on('upgrade', (request, socket, head) => {
    const { url = '', headers, rawHeaders } = request;
    handshakes.push({ url, headers, rawHeaders });
    const refusal = behaviour.refuse?.(request) ?? null;
    if (refusal !== null) {
      const length = Buffer.byteLength(refusal.body);
      socket.end(
        `HTTP/1.1 ${refusal.status} No\r\nContent-Type: application/json\r\nX-Request-Id: platform-1\r\nContent-Length: ${length}\r\n\r\n${refusal.body}`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (session) => {
      open.add(session);
      session.on('close', () => open.delete(session));
      session.on('error', () => session.terminate());
      behaviour.serve(session, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handshakes,
    open,
    async close() {
      for (const session of open) session.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends back what it gets, as it got it. */
export const echo: WebSocketBehaviour = {
  serve: (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
};

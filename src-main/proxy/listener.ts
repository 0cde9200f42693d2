import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asksForWebSocket } from '../core/websocket/handshake-request.ts';
import { connectionOf, watchConnections } from './connections/connections.ts';
import type { Gateway } from './gateway.ts';
import { GatewayRequest } from './gateway-request.ts';
import { GatewayResponse } from './gateway-response.ts';
import { type Expects, serve } from './pipeline.ts';
import { onParseError, refuseConnect } from './unparsed.ts';
import { ClientSide } from './websocket/client-side.ts';

/** A certificate with its chain, and its key, both PEM. */
export interface TlsContext {
  readonly cert: Uint8Array;
  readonly key: Uint8Array;
}

export interface ListenerOptions {
  readonly tls: TlsContext | null;
  /** Connections beyond this that show a Proxy-Key are answered 503; beyond twice as many, silent ones are ended. */
  readonly maxConnections: () => number;
  /** How many files this process may have open; left out or `null`: that is not known. */
  readonly mostDescriptors?: number | null;
}

type Requests = typeof GatewayRequest;
type Responses = typeof GatewayResponse;
/** A server whose responses know their request. */
export type GatewayServer = Server<Requests, Responses> | TlsServer<Requests, Responses>;

/** Headers beyond this are answered 431. */
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 30_000;
/** Longer than the 60 s after which load balancers usually let go, so that they do it first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** Only a GET may switch; what is wrong with another one is said as an answer. */
const maySwitch = (req: IncomingMessage): boolean => req.method === 'GET' && asksForWebSocket(req);

const SERVER_OPTIONS = {
  maxHeaderSize: MAX_HEADER_BYTES,
  // A body may take as long as it moves; the pipeline watches over it.
  requestTimeout: 0,
  headersTimeout: HEADERS_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  // Two Host headers and a missing one are refused by the guard, in the client's dialect.
  requireHostHeader: false,
  joinDuplicateHeaders: false,
  noDelay: true,
  highWaterMark: 64 * 1024,
  // Anything else that asks for another protocol is served as if it had not.
  shouldUpgradeCallback: maySwitch,
  IncomingMessage: GatewayRequest,
  ServerResponse: GatewayResponse,
};

/** A server that takes AI traffic into the pipeline. It listens on nothing yet. */
export function createListener(gateway: Gateway, options: ListenerOptions): GatewayServer {
  const server =
    options.tls === null
      ? createServer(SERVER_OPTIONS)
      : createTlsServer({
          ...SERVER_OPTIONS,
          handshakeTimeout: HEADERS_TIMEOUT_MS,
          cert: Buffer.from(options.tls.cert),
          key: Buffer.from(options.tls.key),
        });
  // node:http would end its own side as soon as the client ends its own, answered or not (`ClientConnection` judges).
  Reflect.set(server, 'httpAllowHalfOpen', true);
  const { maxConnections, mostDescriptors = null } = options;
  watchConnections(server, gateway, { maxConnections, mostDescriptors });
  server.on('request', take(gateway, 'nothing'));
  server.on('checkContinue', take(gateway, 'continue'));
  server.on('checkExpectation', take(gateway, 'unknown'));
  server.on('clientError', (error, socket) => onParseError(error, socket, connectionOf(socket)));
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, first: Buffer) => {
    const connection = connectionOf(socket);
    // An earlier request on this connection is still being answered, or it is no socket at all.
    if (!(socket instanceof Socket) || connection === undefined || connection.isAnswering) {
      socket.destroy();
      return;
    }
    connection.release();
    const client = new ClientSide(req, socket, first);
    serve(gateway, req, client.res, { expects: 'nothing', connection, isRestLost: false }, client);
  });
  server.on('connect', (_req: IncomingMessage, socket: Duplex) => {
    connectionOf(socket)?.release();
    refuseConnect(socket);
  });
  return server;
}

/** Begins a request, or lets it wait for the answers before it. */
function take(gateway: Gateway, expects: Expects) {
  return (req: IncomingMessage, res: GatewayResponse): void => {
    const connection = connectionOf(req.socket);
    if (connection === undefined || connection.isClosing) return;
    if (res.socket !== null) serve(gateway, req, res, { expects, connection, isRestLost: false });
    else connection.wait(res, (isRestLost) => serve(gateway, req, res, { expects, connection, isRestLost }));
  };
}

import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Gateway } from './gateway.ts';
import { GatewayRequest } from './gateway-request.ts';
import { GatewayResponse } from './gateway-response.ts';
import { serve } from './pipeline.ts';
import { onParseError, refuseConnect } from './unparsed.ts';
import { ClientSide } from './websocket/client-side.ts';

/** A certificate with its chain, and its key, both PEM. */
export interface TlsContext {
  readonly cert: Uint8Array;
  readonly key: Uint8Array;
}

export interface ListenerOptions {
  readonly tls: TlsContext | null;
  /** Connections beyond this are answered 503; well beyond, not at all. */
  readonly maxConnections: () => number;
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

/** A WebSocket handshake is a GET (RFC 6455 §4.1). */
function asksForWebSocket({ method, rawHeaders }: IncomingMessage): boolean {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'upgrade');
  return method === 'GET' && rawHeaders[at + 1]?.toLowerCase() === 'websocket';
}

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
  shouldUpgradeCallback: asksForWebSocket,
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
          cert: Buffer.from(options.tls.cert),
          key: Buffer.from(options.tls.key),
        });
  const isCrowded = boundConnections(server, gateway, options.maxConnections);
  const take = (expectsContinue: boolean) => (req: IncomingMessage, res: GatewayResponse) => {
    serve(gateway, req, res, { expectsContinue, overloaded: isCrowded(req.socket) });
  };
  server.on('request', take(false));
  server.on('checkContinue', take(true));
  server.on('clientError', onParseError);
  server.on('upgrade', (req: IncomingMessage, duplex: Duplex, first: Buffer) => {
    // An earlier request on this connection is still being answered, or it is no socket at all.
    if (!(duplex instanceof Socket) || Reflect.get(duplex, '_httpMessage')) {
      duplex.destroy();
      return;
    }
    const client = new ClientSide(req, duplex, first);
    serve(gateway, req, client.res, { expectsContinue: false, overloaded: isCrowded(duplex) }, client);
  });
  server.on('connect', (_req: IncomingMessage, socket: Duplex) => refuseConnect(socket));
  return server;
}

/** Counts connections. @returns whether a connection came when there were too many */
function boundConnections(
  server: GatewayServer,
  gateway: Gateway,
  limit: () => number,
): (socket: Socket) => boolean {
  const crowded = new WeakSet<object>();
  let open = 0;
  const opened = (socket: Socket): void => {
    open += 1;
    gateway.clientConnections += 1;
    if (open > limit()) crowded.add(socket);
    // Room for as many polite refusals as there are connections; what comes beyond is dropped.
    server.maxConnections = limit() * 2;
    socket.once('close', () => {
      open -= 1;
      gateway.clientConnections -= 1;
    });
  };
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', opened);
  return (socket) => crowded.has(socket);
}

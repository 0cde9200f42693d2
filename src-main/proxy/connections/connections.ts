import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';
import type { Gateway } from '../gateway.ts';
import { ClientConnection } from './client-connection.ts';
import type { Place } from './crowd.ts';
import { RESERVE } from './descriptors.ts';
import { socketBeneath } from './node-http.ts';

export interface ConnectionLimits {
  readonly maxConnections: () => number;
  /** How many files this process may have open, `null` where that is not known. */
  readonly mostDescriptors: number | null;
}

const connections = new WeakMap<Duplex, ClientConnection>();

/** The connection that a server's socket belongs to. */
export const connectionOf = (socket: Duplex): ClientConnection | undefined => connections.get(socket);

/** Gives each connection of a server its place in the crowd, from before the TLS handshake on. */
export function watchConnections(server: Server, gateway: Gateway, limits: ConnectionLimits): void {
  const { crowd, descriptors, clock } = gateway;
  const { maxConnections, mostDescriptors } = limits;
  const begin = (socket: Socket, place: Place): void => {
    connections.set(socket, new ClientConnection(socket, { place, clock, maxConnections }));
  };
  const enter = (socket: Socket): Place => {
    const limit = maxConnections();
    server.maxConnections = limit * 2 + CLOSING;
    // One would not do: the newcomer keeps its number, and the next ones would take those above it.
    if (descriptors.isShort(socket, mostDescriptors)) crowd.makeRoom(RESERVE);
    const trusted = gateway.snapshot.system.trusted_proxies;
    const place = crowd.enter(socket.remoteAddress ?? '', { limit, trusted }, () => socket.destroy());
    socket.once('close', () => crowd.exit(place));
    return place;
  };
  server.on('error', ({ code }: NodeJS.ErrnoException) => {
    // A port that is in use is an error of the server as well.
    if (code === 'EMFILE' || code === 'ENFILE') descriptors.note(mostDescriptors);
  });
  if (!(server instanceof TlsServer)) {
    server.on('connection', (socket: Socket) => begin(socket, enter(socket)));
    return;
  }
  const places = new WeakMap<object, Place>();
  server.on('connection', (socket: Socket) => void places.set(socket, enter(socket)));
  server.on('secureConnection', (socket) => {
    const place = places.get(socketBeneath(socket));
    if (place === undefined) socket.destroy();
    else begin(socket, place);
  });
}

/** Connections beyond both bounds that have been told to end and have not yet. */
const CLOSING = 64;

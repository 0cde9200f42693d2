import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** One connection that a raw upstream accepted. */
export interface RawConnection {
  /** Everything received so far. */
  readonly received: Buffer;
  /** Resolves when the other side ended or broke the connection. */
  readonly closed: Promise<'ended' | 'broken'>;
  /** Resolves with the bytes up to and including the first `marker` that no earlier call returned. */
  until(marker: string): Promise<string>;
  /** Resolves with the next request: its head, and its body by `Content-Length`. */
  request(): Promise<string>;
  send(bytes: string | Uint8Array): void;
  /** Ends the connection properly. */
  end(): void;
  /** Breaks the connection with a reset. */
  reset(): void;
  /** Stops reading, so that the other side feels back-pressure. */
  pause(): void;
  resume(): void;
}

/** A TCP server that answers with whatever bytes its script sends. */
export interface RawUpstream {
  readonly url: string;
  readonly port: number;
  /** Every connection accepted, in order. */
  readonly connections: readonly RawConnection[];
  close(): Promise<void>;
}

/** What a raw upstream does with a connection; the number counts connections from 0. */
export type RawScript = (connection: RawConnection, number: number) => void | Promise<void>;

const HEAD_END = '\r\n\r\n';

function bodyLength(head: string): number {
  return Number(/^content-length:\s*(\d+)\s*$/im.exec(head)?.[1] ?? 0);
}

function openConnection(socket: Socket): RawConnection {
  let received = Buffer.alloc(0);
  let taken = 0;
  let wake = (): void => {};
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  const closed = new Promise<'ended' | 'broken'>((resolve) => {
    socket.once('end', () => resolve('ended'));
    socket.once('close', () => resolve('broken'));
  });
  void closed.then(() => wake());
  const moreData = async (): Promise<void> => {
    if (socket.readableEnded || socket.destroyed) throw new Error('the connection ended before that came');
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  };
  const take = async (findEnd: () => number): Promise<string> => {
    for (;;) {
      const end = findEnd();
      if (end >= 0 && received.length >= end) {
        const bytes = received.subarray(taken, end);
        taken = end;
        return bytes.toString('latin1');
      }
      await moreData();
    }
  };
  const endOf = (marker: string): number => {
    const at = received.indexOf(marker, taken, 'latin1');
    return at < 0 ? -1 : at + marker.length;
  };
  const endOfRequest = (): number => {
    const end = endOf(HEAD_END);
    return end < 0 ? -1 : end + bodyLength(received.toString('latin1', taken, end));
  };
  return {
    get received() {
      return received;
    },
    closed,
    until: (marker) => take(() => endOf(marker)),
    request: () => take(endOfRequest),
    send: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
  };
}

/** Starts a raw upstream on a free loopback port; a script that throws breaks its connection. */
export async function startRawUpstream(script: RawScript): Promise<RawUpstream> {
  const connections: RawConnection[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    const connection = openConnection(socket);
    const play = async (): Promise<void> => script(connection, connections.push(connection) - 1);
    play().catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

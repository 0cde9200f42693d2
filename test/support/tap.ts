import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire between two programs that keeps what the first one said. */
export interface Tap {
  readonly url: string;
  /** Whether these bytes went from the client towards the server. */
  carried(text: string): boolean;
  close(): Promise<void>;
}

/** Forwards connections byte by byte to a loopback port; either side's end or reset reaches the other. */
export async function startTap(targetPort: number): Promise<Tap> {
  const sockets = new Set<Socket>();
  const said: Buffer[][] = [];
  const server = createServer((client) => {
    const chunks: Buffer[] = [];
    said.push(chunks);
    const target = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carried: (text) => said.some((chunks) => Buffer.concat(chunks).includes(text)),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

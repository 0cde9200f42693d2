import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

const PIECE = Buffer.alloc(64 * 1024, 'x');

/** A platform whose only answer is large, and is sent as fast as it is taken. */
export interface LargeAnswer {
  readonly url: string;
  /** Bytes that were handed to the network so far. */
  readonly sentBytes: number;
  close(): Promise<void>;
}

/** Starts it. @param sizeBytes of the answer */
export async function startLargeAnswer(sizeBytes: number): Promise<LargeAnswer> {
  let sentBytes = 0;
  function* pieces(): Generator<Buffer> {
    for (let left = sizeBytes; left > 0; left -= PIECE.length) {
      sentBytes += Math.min(left, PIECE.length);
      yield PIECE.subarray(0, left);
    }
  }
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': sizeBytes });
    Readable.from(pieces(), { objectMode: false }).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sentBytes() {
      return sentBytes;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

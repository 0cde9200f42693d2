import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { LoggedRequest } from '../../src-main/core/control-ports.ts';

/** What the live feed sends. */
export type LiveMessage =
  | { readonly type: 'requests'; readonly items: readonly LoggedRequest[]; readonly skipped: number }
  | { readonly type: 'open'; readonly requests: number };

/** A client of the live feed that keeps what it is told. */
export interface LiveFeedClient {
  readonly socket: WebSocket;
  readonly messages: readonly LiveMessage[];
  /** All requests so far. */
  requests(): readonly LoggedRequest[];
  /** How many requests it was told it missed. */
  skipped(): number;
  /** Resolves to the close code. */
  readonly closed: Promise<number>;
  close(): Promise<void>;
}

/** The answer instead of an upgrade. */
export class LiveFeedRefusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;

  constructor(status: number, headers: LiveFeedRefusal['headers'], body: string) {
    super(`refused with ${status}`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** Opens the live feed. @throws LiveFeedRefusal */
export async function openLiveFeed(
  consoleUrl: string,
  { protocols = [], ...options }: ClientOptions & { readonly protocols?: readonly string[] },
  query = '',
): Promise<LiveFeedClient> {
  const url = `${consoleUrl.replace('http', 'ws')}/api/v1/requests/live${query}`;
  const socket = new WebSocket(url, [...protocols], options);
  const messages: LiveMessage[] = [];
  // The feed's own format.
  socket.on('message', (data) => messages.push(JSON.parse(String(data)) as LiveMessage));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', async (_request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      reject(
        new LiveFeedRefusal(response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString()),
      );
    });
  });
  return {
    socket,
    messages,
    requests: () => messages.flatMap((message) => (message.type === 'requests' ? message.items : [])),
    skipped: () =>
      messages.reduce((sum, message) => sum + (message.type === 'requests' ? message.skipped : 0), 0),
    closed,
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close();
      await once(socket, 'close');
    },
  };
}

import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { type ClientOptions, type RawData, WebSocket } from 'ws';
import type { SeenMessage } from './stand-ins/realtime-platform.ts';

/** An open WebSocket that keeps what it gets. */
export interface WebSocketClient {
  readonly socket: WebSocket;
  /** What came so far, in order. */
  readonly messages: readonly SeenMessage[];
  /** The names and values of the answer to its handshake. */
  readonly headers: IncomingHttpHeaders;
  /** Resolves with the close code and reason when it is over. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Sends an event as compact JSON. */
  event(event: object): void;
  /** Resolves when as many messages have come. @throws Error where the session ends before */
  until(isIt: (message: SeenMessage) => boolean): Promise<SeenMessage>;
  /** Closes it and waits. */
  leave(): Promise<void>;
}

export interface WebSocketAsk {
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly options?: ClientOptions;
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

const start = (url: string, { protocols = [], headers = {}, options = {} }: WebSocketAsk): WebSocket =>
  new WebSocket(url, [...protocols], { headers, ...options });

/** Opens one. @throws Error where the handshake is refused */
export async function openWebSocket(url: string, ask: WebSocketAsk = {}): Promise<WebSocketClient> {
  const socket = start(url, ask);
  const messages: SeenMessage[] = [];
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const wake of waiting) wake();
  };
  let gone = false;
  let headers: IncomingHttpHeaders = {};
  socket.on('message', (data, binary) => {
    messages.push({ binary, bytes: bytesOf(data) });
    look();
  });
  socket.once('upgrade', (answer) => {
    headers = answer.headers;
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      gone = true;
      resolve({ code, reason: String(reason) });
      look();
    });
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  return {
    socket,
    messages,
    headers,
    closed,
    event: (event) => socket.send(JSON.stringify(event)),
    until: (isIt) =>
      new Promise((resolve, reject) => {
        const wake = (): void => {
          const found = messages.find(isIt);
          if (found === undefined && !gone) return;
          waiting.delete(wake);
          if (found === undefined) reject(new Error('the session has ended'));
          else resolve(found);
        };
        waiting.add(wake);
        wake();
      }),
    async leave() {
      socket.close(1000);
      await closed;
    },
  };
}

/** An HTTP answer in place of a session. */
export interface Refusal {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks for a session that is refused. @throws Error where it is not */
export async function refusedWebSocket(url: string, ask: WebSocketAsk = {}): Promise<Refusal> {
  const socket = start(url, ask);
  socket.on('error', () => undefined);
  const opened = once(socket, 'open').then(() => {
    socket.terminate();
    throw new Error('the session was not refused');
  });
  opened.catch(() => undefined);
  const [, answer] = await Promise.race([once(socket, 'unexpected-response'), opened]);
  const body = (await answer.toArray()).join('');
  socket.terminate();
  return { status: answer.statusCode, headers: answer.headers, body };
}

/** The JSON of a message. */
export const jsonOf = ({ bytes }: SeenMessage) => JSON.parse(String(bytes));

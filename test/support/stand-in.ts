import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { type Answer, createAnswer } from './answer.ts';
import { recordRequest, type SeenRequest } from './seen-request.ts';
import type { SelfSigned } from './self-signed.ts';

/** One request and the means to answer it. */
export interface Exchange {
  readonly seen: SeenRequest;
  /** The complete body. */
  readonly body: Buffer;
  readonly answer: Answer;
  /** The stand-in's own address, for absolute URLs in answers. */
  readonly url: string;
}

/** What makes a stand-in this platform and not another. */
export interface StandInPlatform {
  /** Every key that stands where this platform looks for one. */
  keysOf(seen: SeenRequest): readonly string[];
  /** Answers a request without the right key. */
  refuse(exchange: Exchange): void;
  /** Answers a request with the right key. */
  handle(exchange: Exchange): void | Promise<void>;
}

/** A platform on a loopback port that speaks the wire protocol and remembers what it saw. */
export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** The channel's key: the only one it accepts. */
  readonly apiKey: string;
  /** Everything it saw, in order. */
  readonly requests: readonly SeenRequest[];
  /** The next request that no earlier call has returned, once it arrives. */
  nextRequest(): Promise<SeenRequest>;
  /** Lets `nextRequest` begin with what arrives from now on. */
  passOver(): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly apiKey?: string;
  readonly tls?: SelfSigned;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (!request.complete) throw new Error('the client left in the middle of its request');
  return Buffer.concat(chunks);
}

/** Hands out each request once, in order, to whoever asks first. */
function createQueue() {
  const ready: SeenRequest[] = [];
  const waiting: ((seen: SeenRequest) => void)[] = [];
  return {
    put(seen: SeenRequest): void {
      const waiter = waiting.shift();
      if (waiter === undefined) ready.push(seen);
      else waiter(seen);
    },
    clear(): void {
      ready.length = 0;
    },
    next(): Promise<SeenRequest> {
      const seen = ready.shift();
      return seen === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(seen);
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Starts a stand-in. @throws the server's error where no port can be had */
export async function startStandIn(
  platform: StandInPlatform,
  { apiKey = 'channel-key-of-the-stand-in', tls }: StandInOptions = {},
): Promise<StandIn> {
  const requests: SeenRequest[] = [];
  const queue = createQueue();
  let url = '';
  const listener: RequestListener = (request, response) => {
    const whole = readAll(request);
    const seen = recordRequest(request, response, whole);
    requests.push(seen);
    queue.put(seen);
    const answer = createAnswer(response, seen);
    const serve = async (): Promise<void> => {
      const exchange: Exchange = { seen, body: await whole, answer, url };
      const keys = platform.keysOf(seen);
      if (keys.length === 1 && keys[0] === apiKey) await platform.handle(exchange);
      else platform.refuse(exchange);
    };
    serve().catch(() => response.destroy());
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const port = await listen(server);
  url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    url,
    port,
    apiKey,
    requests,
    nextRequest: () => queue.next(),
    passOver: () => queue.clear(),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

// A proxy that only swaps the key: `node minimal.ts <upstream port> <number of keys>`. Its first line says where it listens.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { portOf } from '../free-port.ts';
import { CHANNEL_KEY, proxyKeys } from '../target.ts';

const DROPPED_REQUEST = new Set(['host', 'connection', 'authorization', 'content-length']);
const DROPPED_ANSWER = new Set(['connection', 'keep-alive', 'transfer-encoding']);

const upstream = `127.0.0.1:${process.argv[2]}`;
const keys = new Set(proxyKeys(Number(process.argv[3])));
const pool = new Pool(`http://${upstream}`, {
  allowH2: false,
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
});

/** Passes an answer on; whole where it came in one piece, as a stream otherwise. */
class Answer implements Dispatcher.DispatchHandler {
  readonly #client: ServerResponse;
  #held: Buffer | null = null;
  #turn: NodeJS.Immediate | null = null;

  constructor(client: ServerResponse) {
    this.#client = client;
  }

  onRequestStart(): void {}

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    this.#client.writeHead(status, answerHeaders(controller));
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#release();
    this.#held = piece;
    this.#turn = setImmediate(() => this.#release());
  }

  onResponseEnd(): void {
    if (this.#turn) clearImmediate(this.#turn);
    if (this.#held) this.#client.end(this.#held);
    else this.#client.end();
  }

  onResponseError(): void {
    this.#client.destroy();
  }

  #release(): void {
    if (this.#turn) clearImmediate(this.#turn);
    if (this.#held) this.#client.write(this.#held);
    this.#turn = null;
    this.#held = null;
  }
}

function answerHeaders(controller: Dispatcher.DispatchController): string[] {
  const raw = Array.isArray(controller.rawHeaders) ? controller.rawHeaders : [];
  const kept: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = String(raw[at]);
    if (!DROPPED_ANSWER.has(name.toLowerCase())) kept.push(name, String(raw[at + 1]));
  }
  return kept;
}

function forward(request: IncomingMessage, body: Buffer | null, client: ServerResponse): void {
  const raw = request.rawHeaders;
  const headers = ['host', upstream, 'authorization', `Bearer ${CHANNEL_KEY}`];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!DROPPED_REQUEST.has(name.toLowerCase())) headers.push(name, raw[at + 1] ?? '');
  }
  pool.dispatch({ path: request.url ?? '/', method: 'POST', headers, body }, new Answer(client));
}

const server = createServer((request, client) => {
  const key = /^bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined || !keys.has(key)) {
    client.writeHead(401).end();
    return;
  }
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () =>
    forward(request, pieces.length > 1 ? Buffer.concat(pieces) : (pieces[0] ?? null), client),
  );
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${JSON.stringify({ event: 'ready', port: portOf(server) })}\n`);
});

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { DEMO_API_KEY } from '../core/demo.ts';
import { type AnswerHead, ChatRequest, chatChunks, chatCompletion } from '../core/demo-answer.ts';
import { EmbeddingRequest, embeddings } from '../core/demo-embedding.ts';

/** A stand-in for an AI platform, listening on this computer only. */
export interface DemoPlatform {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Between two words of a stream, so that people see it flow. */
const WORD_PAUSE_MS = 20;
const MODELS = ['demo', 'demo-embedding'];

/** What a platform answers to a request it refuses. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Starts an OpenAI-compatible platform on a free loopback port: chat, streamed or not, embeddings, models. */
export async function startDemoPlatform(): Promise<DemoPlatform> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.authorization !== `Bearer ${DEMO_API_KEY}`) {
    throw new Refusal(401, 'invalid_api_key', 'Incorrect API key provided.');
  }
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  switch (`${request.method} ${path}`) {
    case 'POST /v1/chat/completions':
      return chat(await read(request, ChatRequest), response);
    case 'POST /v1/embeddings':
      return send(response, 200, embeddings(await read(request, EmbeddingRequest)));
    case 'GET /v1/models':
      return send(response, 200, { object: 'list', data: MODELS.map(model) });
    default:
      return oneModel(request.method, path, response);
  }
}

const model = (id: string) => ({ id, object: 'model', created: 0, owned_by: 'aiproxy' });

function oneModel(method: string | undefined, path: string, response: ServerResponse): void {
  const id = /^\/v1\/models\/([^/]+)$/.exec(path)?.[1];
  if (method !== 'GET' || id === undefined || !MODELS.includes(id)) {
    throw new Refusal(404, 'not_found', `The demo platform has no ${method} ${path}.`);
  }
  send(response, 200, model(id));
}

async function chat(request: ChatRequest, response: ServerResponse): Promise<void> {
  const head: AnswerHead = { id: `chatcmpl-${randomUUID()}`, createdS: Math.floor(Date.now() / 1000) };
  if (request.stream !== true) return send(response, 200, chatCompletion(request, head));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const chunk of chatChunks(request, head)) {
    if (response.destroyed) return;
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    await pause(WORD_PAUSE_MS);
  }
  response.end('data: [DONE]\n\n');
}

async function read<S extends z.ZodType>(request: IncomingMessage, schema: S): Promise<z.infer<S>> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new Refusal(413, 'request_too_large', 'The request is too large.');
  }
  const parsed = schema.safeParse(parse(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) throw new Refusal(400, 'invalid_request', firstIssue(parsed.error));
  return parsed.data;
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const { path, message } = issue ?? { path: [], message: 'Invalid input' };
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_json', 'The body is not valid JSON.');
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length });
  response.end(text);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || !(error instanceof Refusal)) {
    response.destroy();
    return;
  }
  const { status, code, message } = error;
  send(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

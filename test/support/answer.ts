import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { NO_USAGE, type Usage } from '../../src-main/contract/request-record.ts';
import type { SeenRequest } from './seen-request.ts';

/** How a stand-in answers; keeps the record of what was answered. */
export interface Answer {
  /** Whether the other side is gone, so that going on would be in vain. */
  readonly gone: boolean;
  /** A complete JSON answer. */
  json(status: number, value: unknown, headers?: OutgoingHttpHeaders): void;
  /** A complete answer of any kind. */
  send(status: number, body: string | Uint8Array, headers: OutgoingHttpHeaders): void;
  /** Begins a streamed answer with status 200. */
  open(contentType: string, headers?: OutgoingHttpHeaders): void;
  /** One piece of a streamed answer; resolves when it has left or the other side is gone. */
  write(piece: string): Promise<void>;
  end(): void;
  /** Breaks the connection in the middle of an answer. */
  cut(): void;
  /** Notes the usage that the answer states. */
  used(usage: Partial<Usage>): void;
}

/** Writes and waits until the system has the bytes, so that a cut right after it loses none of them. */
function flushed(response: ServerResponse, piece: string): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('close', done);
      resolve();
    };
    response.on('close', done);
    response.write(piece, done);
  });
}

/** Wraps a response of node:http. */
export function createAnswer(response: ServerResponse, seen: SeenRequest): Answer {
  const { answered } = seen;
  const send: Answer['send'] = (status, body, headers) => {
    if (response.destroyed) return;
    answered.status = status;
    answered.bytes += Buffer.byteLength(body);
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  };
  return {
    get gone() {
      return response.destroyed;
    },
    send,
    json: (status, value, headers) =>
      send(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers }),
    open(contentType, headers) {
      if (response.destroyed) return;
      answered.status = 200;
      response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache', ...headers });
      response.flushHeaders();
    },
    async write(piece) {
      if (response.destroyed) return;
      answered.bytes += Buffer.byteLength(piece);
      await flushed(response, piece);
    },
    end: () => void response.end(),
    cut() {
      answered.cut = true;
      response.destroy();
    },
    used(usage) {
      answered.usage = { ...NO_USAGE, ...usage };
    },
  };
}

import { Readable } from 'node:stream';
import type { Client, Dispatcher } from 'undici';
import type {
  UpstreamCall,
  UpstreamError,
  UpstreamFlow,
  UpstreamHandler,
  UpstreamRequest,
} from '../../core/ports.ts';
import { failureOf } from './failure.ts';

const NO_HEADERS: readonly string[] = [];

/** undici gives header bytes; on the wire they are ISO-8859-1 (RFC 9110 §5.5). */
function headerTexts(raw: unknown): readonly string[] {
  if (!Array.isArray(raw)) return NO_HEADERS;
  const texts: string[] = new Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) {
    const part: unknown = raw[i];
    texts[i] = Buffer.isBuffer(part) ? part.toString('latin1') : String(part);
  }
  return texts;
}

type Body = UpstreamRequest['body'];

function undiciBody(body: Body): Uint8Array | Readable | null {
  if (body === null || body instanceof Uint8Array || body instanceof Readable) return body;
  return Readable.from(body, { objectMode: false });
}

/** Where a connection goes when its request is over. */
export interface Connections {
  /** Called once for each request. @param reusable whether the connection can carry another one */
  giveBack(client: Client, reusable: boolean): void;
}

/** One request on one connection, from undici's events to the port's. */
export class Dispatch implements Dispatcher.DispatchHandler, UpstreamFlow, UpstreamCall {
  readonly #handler: UpstreamHandler;
  readonly #client: Client;
  readonly #connections: Connections;
  #controller: Dispatcher.DispatchController | null = null;
  #bodyError: Error | null = null;
  #over = false;

  constructor(handler: UpstreamHandler, client: Client, connections: Connections) {
    this.#handler = handler;
    this.#client = client;
    this.#connections = connections;
  }

  start(request: UpstreamRequest): void {
    const { method, path, headers } = request;
    const body = undiciBody(request.body);
    if (body instanceof Readable) {
      body.once('error', (error) => {
        this.#bodyError = error;
      });
    }
    try {
      // undici's types want a mutable array of the headers and one of its known methods; it takes any token.
      this.#client.dispatch(
        { method, path, headers: headers as string[], body } as Dispatcher.DispatchOptions,
        this,
      );
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  hangUp(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connections.giveBack(this.#client, false);
    this.#controller?.abort(new Error('hung up'));
  }

  abort(): void {
    this.hangUp();
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('hung up'));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Interim answers (1xx) are between the platform and us (RFC 9110 §15.2).
    if (this.#over || status < 200) return;
    this.#handler.head(status, headerTexts(controller.rawHeaders), this);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (!this.#over) this.#handler.data(chunk);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connections.giveBack(this.#client, true);
    this.#handler.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#connections.giveBack(this.#client, false);
    this.#handler.error(this.#failure(error));
  }

  #failure(error: Error): UpstreamError {
    if (this.#bodyError !== null) {
      return { kind: 'request_body', reason: this.#bodyError.message, cause: this.#bodyError };
    }
    return failureOf(error, this.#controller !== null);
  }
}

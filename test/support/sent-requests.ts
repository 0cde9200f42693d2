import { createHash } from 'node:crypto';
import { type BodyDigest, digestOf } from './body-digest.ts';

/** One request as a client handed it to the network. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Resolves when the whole body was handed over. */
  readonly body: Promise<BodyDigest>;
}

/** A `fetch` that remembers what went through it, for the `fetch` option of the official SDKs. */
export interface RecordingFetch {
  readonly fetch: typeof fetch;
  /** In order. */
  readonly sent: readonly SentRequest[];
}

interface Prepared {
  readonly body: BodyInit | null;
  readonly digest: Promise<BodyDigest>;
}

/** Passes a stream on, hashing it on its way: an upload of unknown length stays one. */
function hashing(stream: ReadableStream<Uint8Array>): Prepared {
  const hash = createHash('sha256');
  const { promise, resolve } = Promise.withResolvers<BodyDigest>();
  let length = 0;
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      hash.update(chunk);
      length += chunk.length;
      controller.enqueue(chunk);
    },
    flush: () => resolve({ bytes: null, length, sha256: hash.digest('hex') }),
  });
  return { body: stream.pipeThrough(through), digest: promise };
}

async function prepare(given: RequestInit['body'], request: Request): Promise<Prepared> {
  if (given === null || given === undefined) {
    return { body: null, digest: Promise.resolve(digestOf(Buffer.alloc(0))) };
  }
  if (given instanceof ReadableStream && request.body !== null) return hashing(request.body);
  const bytes = new Uint8Array(await request.arrayBuffer());
  return { body: bytes, digest: Promise.resolve(digestOf(Buffer.from(bytes))) };
}

/** Makes a `fetch` that records method, URL and the exact body bytes. */
export function recordingFetch(): RecordingFetch {
  const sent: SentRequest[] = [];
  return {
    sent,
    async fetch(input, init = {}) {
      const { signal = null, ...rest } = init;
      const request = new Request(input, { ...rest, duplex: 'half' } as RequestInit);
      // The OpenAI SDK asks for `data:,` to learn whether this fetch knows forms.
      if (!request.url.startsWith('http')) return fetch(request);
      const { body, digest } = await prepare(init.body, request);
      sent.push({ method: request.method, url: request.url, body: digest });
      const { method, headers, redirect } = request;
      return fetch(request.url, { method, headers, redirect, body, signal, duplex: 'half' } as RequestInit);
    },
  };
}

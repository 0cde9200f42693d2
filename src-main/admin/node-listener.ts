import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** What answers a request in the form of the web's `fetch`. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}

/** Lets a node:http server serve a Hono app. Request bodies are not passed on: no route takes one. */
export function nodeListener(app: FetchHandler): RequestListener {
  return (incoming, outgoing) => {
    serve(app, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function serve(app: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = toRequest(incoming);
  if (request === null) {
    outgoing.writeHead(400, { connection: 'close' }).end();
    return;
  }
  const response = await app.fetch(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else await pipeline(chunksOf(response.body), outgoing);
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

/** `null` where the request has no form that `fetch` knows: a target that is no path, a method it forbids. */
function toRequest({ method = 'GET', url = '', headers }: IncomingMessage): Request | null {
  if (!url.startsWith('/') || method === 'TRACE' || method === 'CONNECT') return null;
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
  );
  // The authority is not the client's to choose here; `Host` stays a header and is checked as one.
  return new Request(`http://console.invalid${url}`, { method, headers: entries });
}

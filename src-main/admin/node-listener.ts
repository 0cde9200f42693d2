import type { RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';

/** What answers a request in the form of the web's `fetch`. */
export interface FetchHandler {
  fetch(request: Request, bindings: HttpBindings): Response | Promise<Response>;
}

/** A gateway that nobody manages need not hold the admin API in memory, nor wait for it at its start. */
export function loadedAtFirstUse(load: () => Promise<FetchHandler>): FetchHandler {
  let loading: Promise<FetchHandler> | null = null;
  return {
    async fetch(request, bindings) {
      loading ??= load();
      return (await loading).fetch(request, bindings);
    },
  };
}

/** Lets a node:http server serve a Hono app; what is no path, or no request that `fetch` knows, is refused here. */
export function nodeListener(app: FetchHandler): RequestListener {
  const listen = getRequestListener((request, bindings) => app.fetch(request, bindings as HttpBindings), {
    overrideGlobalObjects: false,
    errorHandler: () => new Response(null, { status: 400, headers: { connection: 'close' } }),
  });
  return (incoming, outgoing) => {
    const { url = '', method } = incoming;
    if (!url.startsWith('/') || method === 'TRACE' || method === 'CONNECT') {
      outgoing.writeHead(400, { connection: 'close' }).end();
      return;
    }
    listen(incoming, outgoing).catch(() => outgoing.destroy());
  };
}

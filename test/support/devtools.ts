import { once } from 'node:events';
import { WebSocket } from 'ws';

type Params = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

/** One page's end of the DevTools protocol. */
export interface DevtoolsSession {
  /** @throws Error with the browser's words */
  send(method: string, params?: Params): Promise<Params>;
  on(method: string, listener: (params: Params) => void): void;
}

/** The DevTools protocol of a browser (https://chromedevtools.github.io/devtools-protocol/), sessions flattened. */
export interface Devtools {
  send(method: string, params?: Params): Promise<Params>;
  session(id: string): DevtoolsSession;
  close(): void;
}

/** Connects to a browser. @param url that it printed at its start */
export async function connectDevtools(url: string): Promise<Devtools> {
  const socket = new WebSocket(url, { maxPayload: 64 * 1024 * 1024 });
  await once(socket, 'open');
  const waiting = new Map<number, PromiseWithResolvers<Params>>();
  const listeners = new Map<string, (params: Params) => void>();
  let lastId = 0;
  socket.on('message', (data) => {
    // The protocol's own shape, from a browser that this test started.
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) {
      listeners.get(`${message.sessionId ?? ''} ${message.method}`)?.(message.params ?? {});
      return;
    }
    const waiter = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) waiter?.resolve(message.result ?? {});
    else waiter?.reject(new Error(message.error.message));
  });
  socket.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has gone'));
  });
  const send = (method: string, params: Params = {}, sessionId?: string): Promise<Params> => {
    lastId += 1;
    const waiter = Promise.withResolvers<Params>();
    waiting.set(lastId, waiter);
    socket.send(
      JSON.stringify({ id: lastId, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
    );
    return waiter.promise;
  };
  return {
    send,
    session: (id) => ({
      send: (method, params) => send(method, params, id),
      on: (method, listener) => void listeners.set(`${id} ${method}`, listener),
    }),
    close: () => socket.terminate(),
  };
}

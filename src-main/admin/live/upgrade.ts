import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AdminEnv, Upgrade } from '../api-router.ts';
import type { LiveFeedSockets } from './live-feed-sockets.ts';

/** Where the live feed is. */
export const LIVE_PATH = '/api/v1/requests/live';

/** The subprotocol that is spoken, and the one in which a browser, which cannot set headers, shows its credential. */
const PROTOCOL = 'aiproxy.live';
const BEARER = 'aiproxy.bearer.';

/** Nothing that is said to the live feed matters. */
const MOST_PAYLOAD_BYTES = 1024;

/** What answers a request in the form of the web's `fetch`, with the console's guards in front. */
export interface GuardedApp {
  fetch(request: Request, bindings: AdminEnv['Bindings']): Response | Promise<Response>;
}

/** Whether node:http should leave a request to {@link serveLiveFeed}; the others go on as if they had not asked. */
export const isLiveUpgrade = ({ method, url }: IncomingMessage): boolean =>
  method === 'GET' && url?.split('?')[0] === LIVE_PATH;

/** Lets a listener's clients watch requests. They pass the same guards as every request, before the upgrade. */
export function serveLiveFeed(server: Server, app: GuardedApp, sockets: LiveFeedSockets): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    answer(request, socket, head, app, sockets).catch(() => socket.destroy());
  });
}

async function answer(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  app: GuardedApp,
  sockets: LiveFeedSockets,
): Promise<void> {
  const upgrade: Upgrade = { granted: null };
  // There is no answer to write to: the guards only look at the request.
  const bindings = { incoming: request, upgrade } as AdminEnv['Bindings'];
  const response = await app.fetch(asFetched(request), bindings);
  const { granted } = upgrade;
  if (granted === null) return refuse(socket, response.status, response.headers, await response.text());
  if (sockets.isFull) {
    const words =
      '{"error":{"message":"Too many watch already.","type":"server_error","param":null,"code":"overloaded"}}';
    return refuse(
      socket,
      503,
      new Headers({ 'content-type': 'application/json', 'retry-after': '10' }),
      words,
    );
  }
  // Needed rarely.
  const { WebSocketServer } = await import('ws');
  if (socket.destroyed) return;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MOST_PAYLOAD_BYTES,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  });
  server.handleUpgrade(request, socket, head, (webSocket) =>
    sockets.add(webSocket, granted.filter, granted.credential),
  );
}

/** The request for the guards: all of its headers, and the credential where they look for it. */
function asFetched({ url = '', rawHeaders }: IncomingMessage): Request {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  const token = (headers.get('sec-websocket-protocol') ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(BEARER));
  if (token !== undefined && !headers.has('authorization')) {
    headers.set('authorization', `Bearer ${token.slice(BEARER.length)}`);
  }
  return new Request(`http://console.invalid${url}`, { headers });
}

function refuse(socket: Duplex, status: number, headers: Headers, body: string): void {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

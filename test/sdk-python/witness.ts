import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SeenRequest } from '../support/seen-request.ts';
import type { NamedRealtimeStandIn, NamedStandIn } from './platforms.ts';
import { toldSessions } from './told-sessions.ts';

/** What the platforms saw and answered, told over HTTP to tests in another language. */
export interface Witness {
  readonly url: string;
  close(): Promise<void>;
}

/** A request that is still open after this long is told as it is. */
const PATIENCE_MS = 3000;
/** Longer bodies are told by length and hash only. */
const TOLD_BYTES = 65_536;

const rest = (ms: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), ms).unref());

/** Headers by name in lower case; none of them holds a Proxy-Key where `proxy_key_places` is empty. */
function headersOf({ rawHeaders }: SeenRequest, channelKey: string): object {
  const pairs = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name.toLowerCase(), (rawHeaders[at + 1] ?? '').replace(channelKey, '(the key)')]] : [],
  );
  return Object.fromEntries(pairs);
}

async function told(
  { user, channel, standIn }: NamedStandIn,
  seen: SeenRequest,
  proxyKeys: readonly string[],
) {
  const ended = await Promise.race([seen.closed, rest(PATIENCE_MS)]);
  const body = await seen.body.catch(() => null);
  const places = await Promise.all(proxyKeys.map((key) => seen.placesOf(key).catch(() => [])));
  return {
    user,
    channel,
    method: seen.method,
    path: seen.path,
    query: Object.fromEntries(seen.query),
    headers: headersOf(seen, standIn.apiKey),
    body: body && {
      length: body.length,
      sha256: body.sha256,
      text: body.length > TOLD_BYTES ? null : String(body.bytes),
    },
    channel_key_places: await seen.placesOf(standIn.apiKey).catch(() => []),
    proxy_key_places: places.flat(),
    ending: ended === null ? 'open' : ended,
    status: seen.answered.status,
    usage: seen.answered.usage,
  };
}

function tellJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/**
 * Serves `GET /requests` (in order of arrival), `GET /sessions` (of each channel in order of arrival) and `GET /files`
 * (what was uploaded, by channel).
 * @param proxyKeys must arrive nowhere
 */
export async function startWitness(
  platforms: readonly NamedStandIn[],
  realtime: readonly NamedRealtimeStandIn[],
  proxyKeys: readonly string[],
): Promise<Witness> {
  const requests = async (): Promise<readonly object[]> => {
    const all = platforms.flatMap((named) => named.standIn.requests.map((seen) => ({ named, seen })));
    all.sort((one, other) => one.seen.arrivedAt - other.seen.arrivedAt);
    return Promise.all(all.map(({ named, seen }) => told(named, seen, proxyKeys)));
  };
  const files = (): object =>
    Object.fromEntries(platforms.map(({ channel, standIn }) => [channel, standIn.files ?? []]));
  const server = createServer((request, response) => {
    const answer =
      request.url === '/files'
        ? files()
        : request.url === '/sessions'
          ? toldSessions(realtime, proxyKeys)
          : requests();
    Promise.resolve(answer).then(
      (value) => tellJson(response, value),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

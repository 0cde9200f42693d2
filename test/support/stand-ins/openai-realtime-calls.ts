import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bearerOf } from './realtime-platform.ts';

/** A request of WebRTC's signalling as the platform saw it. */
export interface SeenSignal {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** OpenAI's signalling for WebRTC: secrets for browsers, offers and answers, what is done with calls. */
export interface CallSignalling {
  readonly listener: RequestListener;
  readonly seen: readonly SeenSignal[];
  /** Whether a secret was made here and has not ended. */
  accepts(key: string): boolean;
}

/** What is at the platform's end of calls. */
export interface CallPeers {
  /** @param type of the body that holds the offer @returns the answer */
  answer(id: string, body: Buffer, type: string): Promise<Buffer>;
  hangUp(id: string): Promise<void>;
}

export interface CallOptions {
  readonly apiKey: string;
  /** How long a secret lasts where the client does not say, seconds. */
  readonly secretSeconds?: number;
  /** What stands before the path in `Location`; nothing where left out. */
  readonly locationBase?: (request: IncomingMessage) => string;
  /** Without them there is no media. */
  readonly peers?: CallPeers;
}

/** The answer to an offer: made from it, so that each differs; with the line ends of SDP (RFC 8866 §5). */
export const sdpAnswerTo = (offer: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`v=0\r\no=- 1 ${offer.length} IN IP4 127.0.0.1\r\ns=answer\r\nt=0 0\r\na=offer:`),
    Buffer.from(offer.toString('hex').slice(0, 64)),
    Buffer.from('\r\n'),
  ]);

const NO_PEERS: CallPeers = {
  answer: (_id, body) => Promise.resolve(sdpAnswerTo(body)),
  hangUp: () => Promise.resolve(),
};

const CALL = /^\/v1\/realtime\/calls\/([^/?]+)\/(accept|reject|hangup|refer)$/;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const refusal = (message: string, code: string | null = 'invalid_api_key') => ({
  error: { message, type: 'invalid_request_error', code },
});

/** Makes it. Its listener serves what is no handshake. */
export function callSignalling({
  apiKey,
  secretSeconds = 600,
  locationBase = () => '',
  peers = NO_PEERS,
}: CallOptions): CallSignalling {
  const seen: SeenSignal[] = [];
  const secrets = new Map<string, number>();
  const calls = new Set<string>();
  const accepts = (key: string): boolean => (secrets.get(key) ?? 0) * 1000 > Date.now();

  const makeSecret = (): { value: string; expires_at: number } => {
    const value = `ek_of_the_stand_in_${secrets.size + 1}`;
    const expires_at = Math.floor(Date.now() / 1000) + secretSeconds;
    secrets.set(value, expires_at);
    return { value, expires_at };
  };
  const answerOffer = async (
    request: IncomingMessage,
    response: ServerResponse,
    offer: Buffer,
  ): Promise<void> => {
    const id = `rtc_${calls.size + 1}`;
    calls.add(id);
    const location = `${locationBase(request)}/v1/realtime/calls/${id}`;
    const answer = await peers.answer(id, offer, request.headers['content-type'] ?? '');
    response.writeHead(201, { 'content-type': 'application/sdp', location }).end(answer);
  };
  const doWithCall = async (response: ServerResponse, path: string): Promise<void> => {
    const [, id = '', what] = CALL.exec(path) ?? [];
    if (!calls.has(id)) return json(response, 404, refusal('Not found.', null));
    if (what === 'hangup') await peers.hangUp(id);
    response.writeHead(200).end();
  };
  const makeSession = (response: ServerResponse, path: string): void => {
    const session = { type: 'realtime', object: 'realtime.session', id: 'sess_1' };
    if (path.endsWith('client_secrets')) json(response, 200, { ...makeSecret(), session });
    else json(response, 200, { ...session, client_secret: makeSecret() });
  };
  const serve = async (request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> => {
    const [key] = bearerOf(request);
    const [path = ''] = (request.url ?? '').split('?');
    const isOwner = key === apiKey;
    if (key === undefined || !(isOwner || accepts(key)))
      json(response, 401, refusal('Incorrect API key provided.'));
    else if (path === '/v1/realtime/calls' || path === '/v1/realtime')
      await answerOffer(request, response, body);
    else if (!isOwner) json(response, 401, refusal('A client secret may not do this.'));
    else if (path === '/v1/realtime/client_secrets' || path === '/v1/realtime/sessions')
      makeSession(response, path);
    else await doWithCall(response, path);
  };
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    const take = async (): Promise<void> => {
      const body = await bodyOf(request);
      seen.push({ method, url, headers, body });
      await serve(request, response, body);
    };
    take().catch(() => response.destroy());
  };
  return { listener, seen, accepts };
}

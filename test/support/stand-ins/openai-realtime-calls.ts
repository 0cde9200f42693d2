import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bearerOf } from './realtime-platform.ts';

/** A request of WebRTC's signalling as the platform saw it. */
export interface SeenSignal {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** OpenAI's signalling for WebRTC: secrets for browsers, offers and answers, what is done with calls. No media. */
export interface CallSignalling {
  readonly listener: RequestListener;
  readonly seen: readonly SeenSignal[];
  /** Whether a secret was made here and has not ended. */
  accepts(key: string): boolean;
}

export interface CallOptions {
  readonly apiKey: string;
  /** How long a secret lasts where the client does not say, seconds. */
  readonly secretSeconds?: number;
  /** What stands before the path in `Location`; nothing where left out. */
  readonly locationBase?: (request: IncomingMessage) => string;
}

/** The answer to an offer: made from it, so that each differs; with the line ends of SDP (RFC 8866 §5). */
export const sdpAnswerTo = (offer: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`v=0\r\no=- 1 ${offer.length} IN IP4 127.0.0.1\r\ns=answer\r\nt=0 0\r\na=offer:`),
    Buffer.from(offer.toString('hex').slice(0, 64)),
    Buffer.from('\r\n'),
  ]);

const CALL = /^\/v1\/realtime\/calls\/([^/?]+)\/(accept|reject|hangup|refer)$/;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const refusal = (message: string) => ({
  error: { message, type: 'invalid_request_error', code: 'invalid_api_key' },
});

/** Makes it. Its listener serves what is no handshake. */
export function callSignalling({
  apiKey,
  secretSeconds = 600,
  locationBase = () => '',
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
  const answerOffer = (request: IncomingMessage, response: ServerResponse, offer: Buffer): void => {
    const id = `rtc_${calls.size + 1}`;
    calls.add(id);
    const location = `${locationBase(request)}/v1/realtime/calls/${id}`;
    response.writeHead(201, { 'content-type': 'application/sdp', location }).end(sdpAnswerTo(offer));
  };
  const makeSession = (response: ServerResponse, path: string): void => {
    const session = { type: 'realtime', object: 'realtime.session', id: 'sess_1' };
    if (path.endsWith('client_secrets')) json(response, 200, { ...makeSecret(), session });
    else json(response, 200, { ...session, client_secret: makeSecret() });
  };
  const serve = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const [key] = bearerOf(request);
    const [path = ''] = (request.url ?? '').split('?');
    const isOwner = key === apiKey;
    if (key === undefined || !(isOwner || accepts(key)))
      json(response, 401, refusal('Incorrect API key provided.'));
    else if (path === '/v1/realtime/calls' || path === '/v1/realtime') answerOffer(request, response, body);
    else if (!isOwner) json(response, 401, refusal('A client secret may not do this.'));
    else if (path === '/v1/realtime/client_secrets' || path === '/v1/realtime/sessions')
      makeSession(response, path);
    else if (calls.has(CALL.exec(path)?.[1] ?? '')) response.writeHead(200).end();
    else json(response, 404, { error: { message: 'Not found.', type: 'invalid_request_error', code: null } });
  };
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    bodyOf(request).then(
      (body) => {
        seen.push({ method, url, headers, body });
        serve(request, response, body);
      },
      () => response.destroy(),
    );
  };
  return { listener, seen, accepts };
}

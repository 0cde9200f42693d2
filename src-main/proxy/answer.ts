import { ProxyError } from '../contract/errors.ts';
import { errorBody } from '../core/error-body.ts';
import { corsHeaders } from './cors.ts';
import type { Exchange } from './exchange.ts';

/** Bodies up to this size that the client is still sending are read to their end; more is cut off after a while. */
const LINGER_MS = 5_000;

/** Answers with a document of the gateway's own. */
export function answer(
  exchange: Exchange,
  status: number,
  contentType: string,
  body: string,
  extra: readonly string[] = [],
): void {
  const bytes = Buffer.from(body);
  exchange.res.writeHead(status, [
    'content-type',
    contentType,
    'content-length',
    String(bytes.length),
    'x-aiproxy-request-id',
    exchange.id,
    'x-content-type-options',
    'nosniff',
    ...extra,
    ...corsHeaders(exchange),
  ]);
  exchange.res.end(bytes);
}

/** Any failure as the error that is told to the client: an unexpected one is a bug, and its words stay here. */
export function toProxyError(error: unknown): ProxyError {
  return error instanceof ProxyError
    ? error
    : new ProxyError('internal_error', 'the gateway failed', { cause: error });
}

/** Answers with an error in the client's dialect. Does nothing where an answer has begun. */
export function answerError(exchange: Exchange, error: ProxyError): void {
  const { res, req, operation } = exchange;
  if (res.headersSent || res.destroyed) return;
  const body = errorBody(operation?.dialect ?? 'openai', error, exchange.id);
  // Where the SDKs of OpenAI and Anthropic look for the id that they show with an error.
  const extra = ['x-aiproxy-error-source', 'gateway', 'x-request-id', exchange.id, 'request-id', exchange.id];
  // Whoever tries again does so on a connection that is judged anew.
  if (error.code === 'overloaded') extra.push('connection', 'close');
  if (error.retryAfterS !== undefined) extra.push('retry-after', String(error.retryAfterS));
  // A 426 names the protocol that is served (RFC 9110 §15.5.22).
  if (error.status === 426) extra.push('upgrade', 'HTTP/1.1', 'connection', 'close, upgrade');
  answer(exchange, error.status, 'application/json; charset=utf-8', body, extra);
  exchange.bytesOut = Buffer.byteLength(body);
  if (!req.complete) drain(exchange);
}

/**
 * Reads on while the client is still sending: closing at once would reset the connection and destroy the
 * answer on its way (RFC 9112 §9.6). Not for ever.
 */
function drain({ req, res }: Exchange): void {
  req.resume();
  const cut = setTimeout(() => req.destroy(), LINGER_MS);
  cut.unref();
  req.once('close', () => clearTimeout(cut));
  res.once('close', () => clearTimeout(cut));
}

import type { Exchange } from './exchange.ts';

/** Whether pages of this origin may use the gateway. */
export function originAllowed({ snapshot, head }: Exchange): boolean {
  if (head.origin === null) return true;
  return snapshot.corsOrigins === '*' || snapshot.corsOrigins.has(head.origin);
}

/** What says something about this gateway is for its own pages only. */
const OWN_PAGES: ReadonlySet<string> = new Set(['/stats', '/dashboard', '/metrics']);

/** Whether this path is never for pages of another origin, whatever the configuration allows. */
export const isOwnPage = (path: string): boolean => OWN_PAGES.has(path);

/** The CORS headers of an answer, names and values by turns; none for a request no page made. Never with credentials. */
export function corsHeaders(exchange: Exchange): readonly string[] {
  const { head, snapshot } = exchange;
  if (head.origin === null || isOwnPage(exchange.path) || !originAllowed(exchange)) return [];
  const anyone = snapshot.corsOrigins === '*';
  return [
    'access-control-allow-origin',
    anyone ? '*' : head.origin,
    'access-control-expose-headers',
    '*',
    ...(anyone ? [] : ['vary', 'Origin']),
  ];
}

/** Whether this is a browser's question before the real request (Fetch standard, "CORS-preflight"). */
export const isPreflight = ({ req, head }: Exchange): boolean =>
  req.method === 'OPTIONS' &&
  head.origin !== null &&
  req.headersDistinct['access-control-request-method'] !== undefined;

/** Answers a preflight here; it is not counted. */
export function answerPreflight(exchange: Exchange): void {
  const { req, res } = exchange;
  const allow = corsHeaders(exchange);
  const asked = req.headersDistinct['access-control-request-headers']?.join(', ');
  const headers =
    allow.length === 0
      ? []
      : [...allow, 'access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE'];
  if (allow.length > 0) headers.push('access-control-max-age', '600');
  if (allow.length > 0 && asked !== undefined) headers.push('access-control-allow-headers', asked);
  res.writeHead(204, headers);
  res.end();
}

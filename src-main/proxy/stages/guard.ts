import { ProxyError } from '../../contract/errors.ts';
import { pathFault } from '../../core/path-check.ts';
import { ownAbsoluteTarget } from '../../core/request-target.ts';
import type { Exchange } from '../exchange.ts';

/** `host[:port]`: a name, an IPv4 address, or an IPv6 address in brackets (RFC 3986 §3.2.2). */
const HOST = /^(?:[A-Za-z0-9._~!$&'()*+,;=-]+|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?$/;
const METHODS_REFUSED = new Set(['CONNECT', 'TRACE']);

const refuse = (message: string): never => {
  throw new ProxyError('bad_request', message);
};

/** Google's own SDKs put the path of a live session behind a slash that the address ends with already. */
const DOUBLED_SLASH = /^\/(?=\/ws\/google\.ai\.)/;

/**
 * Refuses what node:http lets through but two servers might read differently, and takes the target apart.
 * @throws ProxyError `bad_request`, `method_not_allowed`
 */
export function guard(exchange: Exchange): void {
  const { req } = exchange;
  takeAbsoluteForm(exchange);
  const target = req.url ?? '';
  if (METHODS_REFUSED.has(req.method ?? ''))
    throw new ProxyError('method_not_allowed', `${req.method} is not served`);
  if (target === '*') throw new ProxyError('method_not_allowed', 'OPTIONS * is not served');
  checkVersion(exchange);
  checkHost(exchange);
  checkFraming(exchange);
  if (target.includes('#')) refuse('the request target has a fragment');
  const mark = target.indexOf('?');
  exchange.path = (mark < 0 ? target : target.slice(0, mark)).replace(DOUBLED_SLASH, '');
  exchange.query = mark < 0 ? '' : target.slice(mark + 1);
  const fault = pathFault(exchange.path);
  if (fault !== null) refuse(fault);
}

/** A server must take absolute form, and then the host in it counts (RFC 9112 §3.2.2); other hosts are refused as no path. */
function takeAbsoluteForm({ req, head }: Exchange): void {
  if (req.url === undefined || req.url.startsWith('/')) return;
  const { localAddress: address, localPort: port } = req.socket;
  const own = ownAbsoluteTarget(req.url, { address, port });
  if (own === null) return;
  req.url = own.target;
  if (head.hostCount === 1) head.host = own.host;
}

function checkVersion({ req, head }: Exchange): void {
  const { httpVersion } = req;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') refuse('only HTTP/1.1 and HTTP/1.0 are served');
  if (httpVersion === '1.0' && head.transferEncoding !== null) refuse('HTTP/1.0 has no transfer encodings');
}

function checkHost({ req, head }: Exchange): void {
  if (head.hostCount > 1) refuse('there is more than one Host');
  if (head.host === null) {
    if (req.httpVersion === '1.1') refuse('there is no Host');
    return;
  }
  if (!HOST.test(head.host)) refuse('the Host is not a host');
}

function checkFraming({ head }: Exchange): void {
  if (head.transferEncoding !== null && head.transferEncoding.toLowerCase() !== 'chunked') {
    refuse('only the transfer encoding chunked is served');
  }
  if (head.contentTypeCount > 1) refuse('there is more than one Content-Type');
}

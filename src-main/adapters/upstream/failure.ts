import type { UpstreamError } from '../../core/ports.ts';
import { ConnectTimeout, RefusedAddress } from './connector.ts';

/** Plain words for what Node and undici call by code. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'the name resolver does not answer',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'no answer to connect',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'no answer to connect',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'its body is not as long as it said',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'the TLS handshake failed',
};

const PROTOCOL_CODES = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]);

function codeOf(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Several addresses failed: what the first of them said. */
const firstCause = (error: Error): Error =>
  error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;

function reasonOf(error: Error): string {
  const code = codeOf(error);
  const known = REASONS[code];
  if (known !== undefined) return known;
  if (code.startsWith('ERR_SSL') || code.includes('TLS')) return 'the TLS handshake failed';
  return code === '' ? 'connection failed' : code.toLowerCase().replaceAll('_', ' ');
}

/** The llhttp parser's complaints carry codes of its own. */
const isProtocolError = (error: Error): boolean =>
  error.name === 'HTTPParserError' ||
  codeOf(error).startsWith('HPE_') ||
  PROTOCOL_CODES.has(codeOf(error)) ||
  /^bad (?:response|upgrade)/.test(error.message);

/**
 * What went wrong, for people and for the decision to try again.
 * @param sent whether the request had begun to be written: then the platform may have acted on it
 */
export function failureOf(thrown: Error, sent: boolean): UpstreamError {
  const error = firstCause(thrown);
  if (error instanceof RefusedAddress)
    return { kind: 'refused_address', reason: `the address is not allowed: ${error.message}` };
  if (error instanceof ConnectTimeout) return { kind: 'connect', reason: 'no answer to connect' };
  if (isProtocolError(error)) return { kind: 'protocol', reason: protocolReason(error) };
  return { kind: sent ? 'reset' : 'connect', reason: reasonOf(error) };
}

function protocolReason(error: Error): string {
  const known = REASONS[codeOf(error)];
  if (known !== undefined) return known;
  return /^bad upgrade/.test(error.message) ? 'it switched protocols unasked' : 'its answer is malformed';
}

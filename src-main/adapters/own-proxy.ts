import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { OwnAnswer, OwnRequest, SendToOwnProxy } from '../core/trial/trial-ports.ts';

export interface OwnProxyAddress {
  readonly url: () => string;
  /** The certificate that the proxy itself shows (PEM); `null` without TLS. */
  readonly certificate: () => Buffer | null;
}

/**
 * Trusts exactly the proxy's own certificate. Its names are those by which others reach it, not this loopback address.
 */
function trustOf(certificate: Buffer | null): RequestOptions {
  if (certificate === null) return {};
  return { ca: certificate, allowPartialTrustChain: true, checkServerIdentity: () => undefined };
}

function answerOf(response: IncomingMessage): OwnAnswer {
  const { 'x-aiproxy-request-id': requestId, 'content-type': contentType = '' } = response.headers;
  return {
    status: response.statusCode ?? 0,
    requestId: typeof requestId === 'string' ? requestId : null,
    contentType,
    body: response,
  };
}

/** A client of this program's own proxy, over its real listener. */
export function ownProxy({ url, certificate }: OwnProxyAddress): SendToOwnProxy {
  return ({ path, headers, body }: OwnRequest, signal) =>
    new Promise((resolve, reject) => {
      const target = new URL(path, url());
      const options: RequestOptions = {
        method: 'POST',
        agent: false,
        signal,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        ...trustOf(certificate()),
      };
      const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
      send(target, options, (response) => resolve(answerOf(response)))
        .once('error', reject)
        .end(body);
    });
}

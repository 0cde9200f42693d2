import { type IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { GatewayResponse } from './gateway-response.ts';

const NONE: IncomingHttpHeaders = Object.freeze({});

/** What node:http itself looks at: `Expect`, and `TE` of an HTTP/1.0 client. */
function askedByNode(rawHeaders: readonly string[]): IncomingHttpHeaders {
  let found: IncomingHttpHeaders = NONE;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length !== 6 && name.length !== 2) continue;
    const lower = name.toLowerCase();
    if (lower === 'expect' || lower === 'te') found = { ...found, [lower]: rawHeaders[i + 1] };
  }
  return found;
}

/**
 * A request whose `headers` are not built, because node:http builds all of them only to look for `Expect`.
 * The pipeline reads `rawHeaders`, once; whoever wants another header by name asks `headersDistinct`.
 */
export class GatewayRequest extends IncomingMessage {
  /** Its response, where the end of its body is listened for. */
  declare response?: GatewayResponse;
}

Object.defineProperty(GatewayRequest.prototype, 'headers', {
  get(this: IncomingMessage): IncomingHttpHeaders {
    return askedByNode(this.rawHeaders);
  },
});

import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';

/** A response that knows its request, so that one listener serves all of them. */
export class GatewayResponse extends ServerResponse<IncomingMessage> {
  exchange: Exchange | null = null;
  gateway: Gateway | null = null;
}

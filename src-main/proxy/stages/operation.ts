import { classify } from '../../core/operation.ts';
import type { Exchange } from '../exchange.ts';

const CHANNEL_PREFIX = /^\/channels\/([^/]+)(\/.*)$/;

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Takes the client's choice of a channel out of the request: a path prefix, or a header. It ends at this hop. */
export function takeChannelChoice(exchange: Exchange): void {
  exchange.explicitChannel = exchange.head.channel;
  if (!exchange.path.startsWith('/channels/')) return;
  const match = CHANNEL_PREFIX.exec(exchange.path);
  if (match === null) return;
  exchange.explicitChannel = decoded(match[1] ?? '');
  exchange.path = match[2] ?? '/';
}

/** Stage 3: what the request asks for, in which dialect. */
export function findOperation(exchange: Exchange): void {
  exchange.operation = classify(exchange.path, exchange.head.anthropicVersion);
  exchange.model = exchange.operation.model;
}

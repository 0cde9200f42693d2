import { type ClientSdk, classifySent } from '../../core/classify.ts';
import { decodedSegment } from '../../core/decoded-segment.ts';
import { modelsInQuery } from '../../core/model-name.ts';
import type { RequestHead } from '../../core/request-head.ts';
import type { Exchange } from '../exchange.ts';

const CHANNEL_PREFIX = /^\/channels\/([^/]+)(\/.*)$/;

/** Takes the client's choice of a channel out of the request: a path prefix, or a header. It ends at this hop. */
export function takeChannelChoice(exchange: Exchange): void {
  exchange.explicitChannel = exchange.head.channel;
  if (!exchange.path.startsWith('/channels/')) return;
  const match = CHANNEL_PREFIX.exec(exchange.path);
  if (match === null) return;
  exchange.explicitChannel = decodedSegment(match[1] ?? '');
  exchange.path = match[2] ?? '/';
}

/** A key in Gemini's own header says it too; behind another AIProxy only the SDK's own header is left. */
export const sdkOf = ({ anthropicVersion, googleClient, xGoogApiKey }: RequestHead): ClientSdk | null =>
  anthropicVersion ? 'anthropic' : googleClient || xGoogApiKey !== null ? 'gemini' : null;

/** A session names its model before it begins. */
const queried = (query: string): string | null => modelsInQuery(query)[0] ?? null;

/** Stage 3: what the request asks for, in which dialect. */
export function findOperation(exchange: Exchange): void {
  const operation = classifySent(exchange.path, sdkOf(exchange.head));
  exchange.operation = operation;
  exchange.model = operation.model ?? (operation.name === 'realtime' ? queried(exchange.query) : null);
}

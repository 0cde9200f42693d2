import type { IdReader } from '../../core/id-reader.ts';
import { modelNameBack } from '../../core/model-name.ts';
import type { Operation } from '../../core/operation.ts';
import type { ResponseHead } from '../../core/response-headers.ts';
import { BLIND_METER, jsonMeter, type ResponseMeter, streamMeter } from '../../core/response-meter.ts';
import type { Exchange } from '../exchange.ts';
import { codedMeter } from './coded-meter.ts';
import type { Rewritten } from './rewrite.ts';

const EVENT_STREAM = /^text\/event-stream/i;

export const isEventStream = (contentType: string): boolean => EVENT_STREAM.test(contentType);

/** What the client asked for where the platform was asked for something else. */
function nameBack(
  exchange: Exchange,
  { mappedModel }: Rewritten,
): ((bytes: Uint8Array) => Uint8Array) | null {
  if (mappedModel === null || exchange.model === null || mappedModel === exchange.model) return null;
  return modelNameBack(mappedModel, exchange.model);
}

/** Whether the answer's bytes, and so its length, may change on their way through. */
export function mayChange(
  exchange: Exchange,
  rewritten: Rewritten,
  head: Pick<ResponseHead, 'contentEncoding'>,
): boolean {
  return head.contentEncoding === null && (rewritten.usageAdded || nameBack(exchange, rewritten) !== null);
}

/** Lets somebody look at the answer's bytes, decoded, on their way to a meter. */
const alsoRead = (meter: ResponseMeter, reader: IdReader | null): ResponseMeter =>
  reader === null
    ? meter
    : {
        push(chunk) {
          reader.push(chunk);
          return meter.push(chunk);
        },
        end: () => meter.end(),
        result: () => meter.result(),
      };

/** Stage 10: what reads usage, and ids, from this answer as it passes. */
export function meterFor(
  exchange: Exchange,
  operation: Operation,
  rewritten: Rewritten,
  head: ResponseHead,
  endsWithDone: boolean,
  ids: IdReader | null,
): ResponseMeter {
  const rewrite = nameBack(exchange, rewritten);
  const streams = isEventStream(head.contentType);
  const counts = operation.metered || rewrite !== null;
  if (!counts && ids === null) return BLIND_METER;
  const usage = !counts
    ? BLIND_METER
    : streams
      ? streamMeter({
          operation,
          hidesUsage: rewritten.usageAdded && head.contentEncoding === null,
          endsWithDone,
          rewrite,
        })
      : jsonMeter(rewrite);
  const meter = alsoRead(usage, ids);
  return head.contentEncoding === null || head.contentEncoding.toLowerCase() === 'identity'
    ? meter
    : codedMeter(head.contentEncoding, meter);
}

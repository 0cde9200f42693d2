import type { IdReader } from '../../core/id-reader.ts';
import { jsonMeter } from '../../core/metering/json-meter.ts';
import { BLIND_METER, type ResponseMeter } from '../../core/metering/response-meter.ts';
import { streamMeter } from '../../core/metering/stream-meter.ts';
import { modelNameBack } from '../../core/model-name.ts';
import type { Operation } from '../../core/operation.ts';
import type { ResponseHead } from '../../core/response-headers.ts';
import type { Exchange } from '../exchange.ts';
import { codedMeter } from './coded-meter.ts';
import type { Rewritten } from './rewrite.ts';
import { isCoded } from './unpacker.ts';

const EVENT_STREAM = /^text\/event-stream/i;
/** JSON that is several values, line by line (Ollama). */
const SEVERAL = /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json)/i;

export const isEventStream = (contentType: string): boolean => EVENT_STREAM.test(contentType);

/** What the client asked for where the platform was asked for something else. */
function nameBack(
  exchange: Exchange,
  { mappedModel }: Rewritten,
): ((bytes: Uint8Array) => Uint8Array) | null {
  if (mappedModel === null || exchange.model === null || mappedModel === exchange.model) return null;
  return modelNameBack(mappedModel, exchange.model);
}

/** Whether something of the answer is changed on its way through. */
export const changes = (exchange: Exchange, rewritten: Rewritten): boolean =>
  rewritten.usageAdded || nameBack(exchange, rewritten) !== null;

/** Lets somebody look at the answer's bytes, decoded, on their way to a meter. */
function alsoRead(meter: ResponseMeter, reader: IdReader | null): ResponseMeter {
  if (reader === null) return meter;
  return {
    push(chunk) {
      reader.push(chunk);
      return meter.push(chunk);
    },
    end: () => meter.end(),
    result: () => meter.result(),
    get progress() {
      return meter.progress;
    },
    get isWithinAnswer() {
      return meter.isWithinAnswer;
    },
  };
}

/** Stage 10: what reads usage, and ids, from this answer as it passes. */
export function meterFor(
  exchange: Exchange,
  operation: Operation,
  rewritten: Rewritten,
  head: ResponseHead,
  endsWithDone: boolean,
  ids: IdReader | null,
): ResponseMeter {
  const coded = isCoded(head.contentEncoding);
  const rewrite = coded ? null : nameBack(exchange, rewritten);
  const counts = operation.metered || rewrite !== null;
  if (!counts && ids === null) return BLIND_METER;
  const hidesUsage = rewritten.usageAdded && !coded;
  const usage = !counts
    ? BLIND_METER
    : isEventStream(head.contentType)
      ? streamMeter({ operation, hidesUsage, endsWithDone, rewrite })
      : jsonMeter(rewrite, SEVERAL.test(head.contentType));
  const meter = alsoRead(usage, ids);
  return coded && head.contentEncoding !== null ? codedMeter(head.contentEncoding, meter) : meter;
}

import { type SplicedBody, spliceBody } from '../../core/body-splice.ts';
import type { ChannelKey, CompiledChannel } from '../../core/compiled-channel.ts';
import { soughtCredential } from '../../core/credential.ts';
import type { JsonMembers } from '../../core/json-members.ts';
import type { Operation } from '../../core/operation.ts';
import { takesForm } from '../../core/operations/takes-form.ts';
import type { UpstreamRequest } from '../../core/ports.ts';
import { requestHeaders } from '../../core/request-headers.ts';
import { isCompatiblePath, upstreamPath } from '../../core/upstream-path.ts';
import { UsageAsker } from '../../core/usage-asker.ts';
import type { Exchange } from '../exchange.ts';
import { hopsOf } from './gate.ts';
import { isQueryCredential } from './identity.ts';
import { isCoded } from './unpacker.ts';

/** A request as the platform gets it, and what the answer needs undone. */
export interface Rewritten {
  readonly request: UpstreamRequest;
  /** The stream's usage was asked for in the client's place; of a body that passes it is known when its end has passed. */
  usageAdded: boolean;
  /** The model's name there, where it differs from what the client asked for. */
  readonly mappedModel: string | null;
  /** Every spelling of the channel's secrets that went along, to be kept out of what comes back. */
  readonly echoes: readonly string[];
  readonly key: ChannelKey | null;
}

/** The operations whose OpenAI-dialect streams take `stream_options`. */
const takesStreamOptions = ({ name, dialect }: Operation): boolean =>
  (name === 'chat' || name === 'completions') && (dialect === 'openai' || dialect === 'azure');

function splicedBody(
  exchange: Exchange,
  members: JsonMembers | null,
  channel: CompiledChannel,
  operation: Operation,
): SplicedBody | null {
  if (exchange.body.kind !== 'held') return null;
  const { bytes, text } = exchange.body;
  if (members === null) return { bytes, usageAdded: false };
  const mapped = exchange.model === null ? undefined : channel.modelMap?.get(exchange.model);
  const asksUsage = channel.streamUsage && takesStreamOptions(operation);
  const spliced = spliceBody(text, members, mapped ?? null, asksUsage);
  // Where nothing changes the body goes on as it came, in its own coding.
  return spliced.bytes === text ? { ...spliced, bytes } : spliced;
}

/** What reads a metered body that is too large to be held, as far as it can be read on its way. */
function askerFor(exchange: Exchange, channel: CompiledChannel, operation: Operation): UsageAsker | null {
  const { body, head } = exchange;
  if (body.kind !== 'streamed' || !operation.metered || isCoded(head.contentEncoding)) return null;
  if (takesForm(operation)) return null;
  const asker = new UsageAsker(channel.streamUsage && takesStreamOptions(operation), (model) => {
    exchange.model ??= model;
  });
  body.stream.passThrough(asker);
  return asker;
}

function bodyFor(exchange: Exchange, spliced: SplicedBody | null): UpstreamRequest['body'] {
  if (spliced !== null) return spliced.bytes;
  return exchange.body.kind === 'streamed' ? exchange.body.stream : null;
}

/** A body without a length, and a method that has one: then its length is 0, and that is said. */
const declaredLength = ({ body, head }: Exchange, asker: UsageAsker | null): number | null =>
  asker?.mayAsk === true
    ? null
    : body.kind === 'streamed'
      ? body.length
      : body.kind === 'none' && head.contentLength === 0
        ? 0
        : null;

/**
 * Stage 8: the client's request in the platform's terms, with the platform's key in place of the Proxy-Key.
 * @param key the one of the channel's that goes along; `null` where it has none
 */
export function rewrite(
  exchange: Exchange,
  channel: CompiledChannel,
  operation: Operation,
  members: JsonMembers | null,
  key: ChannelKey | null,
): Rewritten {
  const mapped = exchange.model === null ? undefined : channel.modelMap?.get(exchange.model);
  const spliced = splicedBody(exchange, members, channel, operation);
  const asker = askerFor(exchange, channel, operation);
  const sought = soughtCredential(exchange.credential);
  const path = upstreamPath({
    channel,
    operation,
    path: exchange.path,
    query: exchange.query,
    model: mapped ?? exchange.model,
    isCredential: (value) => isQueryCredential(exchange, value),
    sought,
  });
  const headers = requestHeaders(exchange.req.rawHeaders, exchange.head, {
    channel,
    credential: key === null ? null : isCompatiblePath(path) ? key.compatibleHeader : key.header,
    sought,
    hops: hopsOf(exchange),
    identity: operation.metered || exchange.newIds.length > 0,
    contentLength: declaredLength(exchange, asker),
    plain: exchange.body.kind === 'held' && spliced !== null && spliced.bytes !== exchange.body.bytes,
  });
  const rewritten: Rewritten = {
    request: { method: exchange.req.method ?? 'GET', path, headers, body: bodyFor(exchange, spliced) },
    usageAdded: spliced?.usageAdded ?? false,
    mappedModel: mapped ?? null,
    echoes: key?.echoes ?? channel.headerSecrets,
    key,
  };
  asker?.onAsked(() => {
    rewritten.usageAdded = true;
  });
  return rewritten;
}

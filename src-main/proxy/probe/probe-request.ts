import { classify } from '../../core/classify.ts';
import type { ChannelKey, CompiledChannel } from '../../core/compiled-channel.ts';
import type { UpstreamRequest } from '../../core/ports.ts';
import { readHead } from '../../core/request-head.ts';
import { requestHeaders } from '../../core/request-headers.ts';
import { isCompatiblePath, upstreamPath } from '../../core/upstream-path.ts';

/** Something to ask a platform, as a client would. */
export interface ProbeCall {
  readonly method: 'GET' | 'POST';
  /** Without query. */
  readonly path: string;
  /** Without question mark. */
  readonly query: string;
  /** To be written as JSON. */
  readonly body: object | null;
  /** As the platform knows it; `null` where no model is asked. */
  readonly model: string | null;
}

/** Lists the models. @param page query members of a later page, or `''` */
export function listCall({ platform: { modelList } }: CompiledChannel, page = ''): ProbeCall {
  const query = [modelList.query, page].filter((part) => part !== '').join('&');
  return { method: 'GET', path: modelList.path, query, body: null, model: null };
}

/** Asks a model for one token. @param model as a client names it */
export function modelCall({ platform, modelMap }: CompiledChannel, model: string): ProbeCall {
  const mapped = modelMap?.get(model) ?? model;
  return { method: 'POST', query: '', model: mapped, ...platform.smallCall(mapped) };
}

/**
 * The request that goes to the platform: placed, rewritten and given its credential like those of users.
 * @param key the one of the channel's that goes along; `null` where it has none
 */
export function probeRequest(
  channel: CompiledChannel,
  key: ChannelKey | null,
  { method, path, query, body, model }: ProbeCall,
): UpstreamRequest {
  const rawHeaders = ['accept', 'application/json', 'user-agent', 'AIProxy', ...channel.platform.ownHeaders];
  if (body !== null) rawHeaders.push('content-type', 'application/json');
  const target = upstreamPath({
    channel,
    operation: classify(path, null),
    path,
    query,
    model,
    isCredential: () => false,
    sought: null,
  });
  const headers = requestHeaders(rawHeaders, readHead(rawHeaders), {
    channel,
    credential: key === null ? null : isCompatiblePath(target) ? key.compatibleHeader : key.header,
    sought: null,
    hops: 1,
    identity: true,
    contentLength: null,
  });
  return { method, path: target, headers, body: body === null ? null : Buffer.from(JSON.stringify(body)) };
}

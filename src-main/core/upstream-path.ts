import { joinPath } from './base-url.ts';
import type { CompiledChannel } from './compiled-channel.ts';
import { withoutQueryKey } from './credential.ts';
import { modelsInQuery } from './model-name.ts';
import type { Operation } from './operation.ts';

export interface PathQuestion {
  readonly channel: CompiledChannel;
  readonly operation: Operation;
  /** As the client sent it, without query and `/channels/<id>`. */
  readonly path: string;
  /** Without question mark. */
  readonly query: string;
  /** After `model_map`. */
  readonly model: string | null;
  /** Whether a query member `key` of this value is a credential. */
  readonly isCredential: (value: string) => boolean;
  /** The client's credential, which leaves in no member (`soughtCredential`). */
  readonly sought: string | null;
}

/** Whether the request goes to the platform's OpenAI-compatible place rather than to a native path. */
const usesCanonicalPlace = ({ channel, operation, path }: PathQuestion): boolean =>
  operation.canonical && !channel.platform.ownsPath(path);

function placed(question: PathQuestion): { path: string; canonical: boolean } {
  const { channel, operation, path, model } = question;
  const rewritten = channel.pathRewrite?.get(path) ?? channel.pathRewrite?.get(operation.path);
  if (rewritten !== undefined) return { path: rewritten, canonical: false };
  if (!usesCanonicalPlace(question)) return { path: withMappedModel(question), canonical: false };
  const place = channel.platform.place(operation, { model });
  return place === null ? { path, canonical: false } : { path: place, canonical: place === operation.path };
}

/** A model that stands in a native path is mapped there. */
function withMappedModel({ operation, path, model }: PathQuestion): string {
  if (operation.model === null || model === null || operation.model === model) return path;
  return path.replace(
    /((?:models|deployments)\/)[^/:]+/,
    (_, before: string) => before + encodeURIComponent(model),
  );
}

/** A model that a session names in its query is mapped there; the other members stay as they came. */
function withMappedMember({ operation, model }: PathQuestion, query: string): string {
  if (operation.name !== 'realtime' || model === null) return query;
  const [asked] = modelsInQuery(query);
  if (asked === undefined || asked === model) return query;
  const members = query
    .split('&')
    .map((member) =>
      modelsInQuery(member)[0] === asked
        ? member.slice(0, member.indexOf('=') + 1) + encodeURIComponent(model)
        : member,
    );
  return members.join('&');
}

function addedQuery({ channel: { platform, channel }, query, model }: PathQuestion, path: string): string {
  const added = (platform.query?.({ channel, path, model }) ?? [])
    .filter(([name]) => !new RegExp(`(?:^|&)${name}=`).test(query))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return [query, ...added].filter((part) => part !== '').join('&');
}

/** Path and query of the request to the platform. */
export function upstreamPath(question: PathQuestion): string {
  const { path, canonical } = placed(question);
  const joined = joinPath(question.channel.base.prefix, path, canonical);
  const { isCredential, sought } = question;
  const stripped =
    question.query === ''
      ? ''
      : withMappedMember(question, withoutQueryKey(question.query, isCredential, sought));
  const query =
    question.channel.platform.query === undefined
      ? stripped
      : addedQuery({ ...question, query: stripped }, path);
  if (query === '') return joined;
  const mark = joined.includes('?') ? '&' : '?';
  return `${joined}${mark}${query}`;
}

/** Whether the platform's compatible credential is the one for this request. */
export function isCompatiblePath(path: string): boolean {
  return /\/openai\//.test(path);
}

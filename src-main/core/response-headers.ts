import type { BaseUrl } from './base-url.ts';

const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What another AIProxy says about its own hop; this one says it anew. */
const HOP_MARKS = ['x-aiproxy-request-id', 'x-aiproxy-error-source'];

/** Names whose value is looked at; every other header is copied. */
const LOOKED_AT = new Set([
  ...HOP,
  'content-length',
  'content-type',
  'content-encoding',
  'location',
  'x-goog-upload-url',
  'date',
  ...HOP_MARKS,
]);

const MAX_SPELLINGS = 512;
const spellings = new Map<string, string>();

/** The lower-case name where it is one that is looked at, else `''`. */
function watchedName(name: string): string {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const watched = LOOKED_AT.has(lower) || lower.startsWith('access-control-') ? lower : '';
  if (spellings.size < MAX_SPELLINGS) spellings.set(name, watched);
  return watched;
}

/** The head of a platform's answer: what goes on to the client, and what the gateway reads from it. */
export interface ResponseHead {
  /** Names and values by turns, for the client. */
  readonly headers: string[];
  contentType: string;
  contentEncoding: string | null;
  /** Bytes, `null` where it is not declared. */
  contentLength: number | null;
  hasDate: boolean;
  /** Whether the body has an end of its own; otherwise it ends with the connection (RFC 9112 §6.3). */
  isFramed: boolean;
}

export interface ResponseRules {
  /** Where the channel lives: a location there is made relative, any other is passed through. */
  readonly base: Pick<BaseUrl, 'origin' | 'prefix'>;
  /** `http://localhost:8001`, as the client knows this gateway: for addresses that must be absolute. */
  readonly self: string;
  /** Whether the gateway answers CORS itself, so that the platform's word on it is dropped. */
  readonly ownCors: boolean;
  /** Whether the body's length may change on the way. */
  readonly dropLength: boolean;
}

/** @param raw names and values by turns, ISO-8859-1 as they came */
export function responseHead(raw: readonly string[], rules: ResponseRules): ResponseHead {
  const head: ResponseHead = {
    headers: [],
    contentType: '',
    contentEncoding: null,
    contentLength: null,
    hasDate: false,
    isFramed: false,
  };
  let named: Set<string> | null = null;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? '';
    const value = raw[i + 1] ?? '';
    const watched = watchedName(name);
    if (watched === 'connection') named = connectionNames(value, named);
    if (watched === '' || noteHeader(head, watched, value, rules)) {
      head.headers.push(name, addressFor(watched, value, rules));
    }
  }
  return named === null ? head : { ...head, headers: withoutNames(head.headers, named) };
}

function connectionNames(value: string, before: Set<string> | null): Set<string> | null {
  const lower = value.toLowerCase();
  if (lower === 'keep-alive' || lower === 'close') return before;
  return new Set([...(before ?? []), ...lower.split(',').map((name) => name.trim())]);
}

/** Raw headers without those of some names. @param names in lower case */
export function withoutNames(headers: readonly string[], names: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (!names.has(name.toLowerCase())) kept.push(name, headers[i + 1] ?? '');
  }
  return kept;
}

/** @returns whether the header goes on to the client */
function noteHeader(head: ResponseHead, name: string, value: string, rules: ResponseRules): boolean {
  switch (name) {
    case 'content-length':
      head.contentLength = Number(value);
      head.isFramed = true;
      return !rules.dropLength;
    case 'content-type':
      head.contentType = value;
      return true;
    case 'content-encoding':
      head.contentEncoding = value;
      return true;
    case 'date':
      head.hasDate = true;
      return true;
    case 'location':
    case 'x-goog-upload-url':
      return true;
    case 'transfer-encoding':
      head.isFramed = true;
      return false;
    case 'x-aiproxy-request-id':
    case 'x-aiproxy-error-source':
      return false;
    default:
      return name.startsWith('access-control-') ? !rules.ownCors : !HOP.has(name);
  }
}

/** An address in a header as the client can use it. */
function addressFor(name: string, value: string, rules: ResponseRules): string {
  if (name === 'location') return ownPath(value, rules) ?? value;
  if (name !== 'x-goog-upload-url') return value;
  // Where Gemini wants the pieces of an upload: the client would take its Proxy-Key there.
  const path = ownPath(value, rules);
  return path === null ? value : rules.self + path;
}

/** The path of an address on the channel, without the channel's prefix; `null` where it is elsewhere. */
function ownPath(address: string, { base: { origin, prefix } }: ResponseRules): string | null {
  if (!address.startsWith(origin)) return null;
  const rest = address.slice(origin.length);
  if (rest === '' || rest.startsWith('?') || rest.startsWith('#')) return `/${rest}`;
  // Without its origin, a path that begins with two slashes would name another host.
  if (!rest.startsWith('/') || rest.startsWith('//')) return null;
  return prefix !== '' && rest.startsWith(`${prefix}/`) && rest[prefix.length + 1] !== '/'
    ? rest.slice(prefix.length)
    : rest;
}

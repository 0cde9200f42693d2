import type { RequestHead } from './request-head.ts';

const BEARER = /^bearer[ \t]+([^ \t].*)$/i;
const SUBPROTOCOL_PREFIX = 'openai-insecure-api-key.';

/** The longest key that is looked at; a longer one cannot have been made by anybody. */
const MAX_KEY_LENGTH = 4096;

/** The token of an `Authorization: Bearer` header; the scheme in any case, any run of spaces (RFC 9110 §11.1). */
export function bearerToken(authorization: string): string | null {
  return BEARER.exec(authorization)?.[1]?.trimEnd() ?? null;
}

/** The key a browser put into its WebSocket subprotocols, because it cannot set headers. */
export function subprotocolKey(subprotocols: string): string | null {
  for (const protocol of subprotocols.split(',')) {
    const name = protocol.trim();
    if (name.startsWith(SUBPROTOCOL_PREFIX)) return name.slice(SUBPROTOCOL_PREFIX.length);
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The value of the first query member `key`, decoded. */
export function queryKey(query: string): string | null {
  for (const member of query.split('&')) {
    const at = member.indexOf('=');
    if (at > 0 && decoded(member.slice(0, at)) === 'key') return decoded(member.slice(at + 1));
  }
  return null;
}

/**
 * The query without its `key` members.
 * @param strips whether a member with this decoded value is a credential
 */
export function withoutQueryKey(query: string, strips: (value: string) => boolean): string {
  if (!query.includes('key') && !query.includes('%')) return query;
  const kept = query.split('&').filter((member) => {
    const at = member.indexOf('=');
    const name = decoded(at < 0 ? member : member.slice(0, at));
    return name !== 'key' || !strips(at < 0 ? '' : decoded(member.slice(at + 1)));
  });
  return kept.join('&');
}

/**
 * The credential that counts: the first present of the places in which AI clients put one.
 * @param query without the question mark
 * @param queryCounts whether a `key=` of this value is a credential here (Gemini paths, or a known key)
 */
export function readCredential(
  head: RequestHead,
  query: string,
  queryCounts: (value: string) => boolean,
): string | null {
  const key = headerCredential(head) ?? queryCredential(query, queryCounts);
  return key === null || key === '' || key.length > MAX_KEY_LENGTH ? null : key;
}

function headerCredential(head: RequestHead): string | null {
  const bearer = head.authorization === null ? null : bearerToken(head.authorization);
  if (bearer !== null) return bearer;
  if (head.xApiKey !== null) return head.xApiKey;
  if (head.apiKey !== null) return head.apiKey;
  if (head.xGoogApiKey !== null) return head.xGoogApiKey;
  return head.subprotocols === null ? null : subprotocolKey(head.subprotocols);
}

function queryCredential(query: string, counts: (value: string) => boolean): string | null {
  if (query === '') return null;
  const key = queryKey(query);
  return key !== null && counts(key) ? key : null;
}

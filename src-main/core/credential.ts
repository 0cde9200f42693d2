import type { RequestHead } from './request-head.ts';

const BEARER = /^bearer[ \t]+([^ \t].*)$/i;
const SUBPROTOCOL_PREFIX = 'openai-insecure-api-key.';

/** The longest key that is looked at; a longer one cannot have been made by anybody. */
const MAX_KEY_LENGTH = 4096;

/** The token of an `Authorization: Bearer` header; the scheme in any case, any run of spaces (RFC 9110 §11.1). */
export function bearerToken(authorization: string): string | null {
  return BEARER.exec(authorization)?.[1]?.trimEnd() ?? null;
}

/** Whether a subprotocol carries a key; in any case, so that no spelling of it reaches a platform. */
export const isKeySubprotocol = (name: string): boolean =>
  name.slice(0, SUBPROTOCOL_PREFIX.length).toLowerCase() === SUBPROTOCOL_PREFIX;

/** The key a browser put into its WebSocket subprotocols, because it cannot set headers. */
export function subprotocolKey(subprotocols: string): string | null {
  for (const protocol of subprotocols.split(',')) {
    const name = protocol.trim();
    if (isKeySubprotocol(name)) return name.slice(SUBPROTOCOL_PREFIX.length);
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

const isKeyName = (name: string): boolean => decoded(name).toLowerCase() === 'key';

/** Escapes that are none stay, and do not keep the others from being read. */
const leniently = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Shorter keys are found by chance in what is none. UTF-16 units. */
const SHORTEST_SOUGHT = 8;

/** The credential to look for in places where none belongs; `null` where it is too short to be told from other text. */
export const soughtCredential = (credential: string | null): string | null =>
  credential !== null && credential.length >= SHORTEST_SOUGHT ? credential : null;

/** What of a shorter key were left out would be too little to keep it secret. UTF-16 units. */
const SHORTEST_TOLD = 20;

/** The last four characters of a key, to recognise it by; `null` where it is short, or no key by its letters. */
export function endOfKey(credential: string): string | null {
  return credential.length >= SHORTEST_TOLD && /[\w.~+/=-]{4}$/.test(credential)
    ? credential.slice(-4)
    : null;
}

/** The value of the first query member `key` (in any case), decoded. */
export function queryKey(query: string): string | null {
  for (const member of query.split('&')) {
    const at = member.indexOf('=');
    if (at > 0 && isKeyName(member.slice(0, at))) return decoded(member.slice(at + 1));
  }
  return null;
}

/**
 * The query without its `key` members, and without any member that has the client's credential in it.
 * @param strips whether a member `key` with this decoded value is a credential
 * @param sought the credential that counted (`soughtCredential`)
 */
export function withoutQueryKey(
  query: string,
  strips: (value: string) => boolean,
  sought: string | null,
): string {
  const kept = query.split('&').filter((member) => {
    if (sought !== null && member.length >= sought.length && leniently(member).includes(sought)) return false;
    const at = member.indexOf('=');
    const name = at < 0 ? member : member.slice(0, at);
    return !isKeyName(name) || !strips(at < 0 ? '' : decoded(member.slice(at + 1)));
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

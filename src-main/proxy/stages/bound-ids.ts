import { bindingOf, namedIds } from '../../core/bound-id.ts';
import { type IdReader, idReader } from '../../core/id-reader.ts';
import { type IdPlace, type IdRules, idName } from '../../core/id-rules.ts';
import type { Identity } from '../../core/identity.ts';
import type { JsonMembers } from '../../core/json-members.ts';
import type { ResponseHead } from '../../core/response-headers.ts';
import { CLIENT_SECRETS, secretBinding, secretName, secretReader } from '../client-secrets.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import type { Rewritten } from './rewrite.ts';

const DAY_MS = 86_400_000;
const TRUE = 0x74;
const FALSE = 0x66;

/**
 * The part of stage 7 that follows ids: what the request names decides where it goes and with which of the
 * channel's keys, and what its answer hands out will decide the same for later ones.
 * @throws ProxyError `not_found` for an id of another user
 */
export function followIds(
  exchange: Exchange,
  gateway: Gateway,
  rules: IdRules,
  identity: Identity,
  members: JsonMembers | null,
): void {
  const { body, query, req } = exchange;
  const bytes = body.kind === 'held' ? body.text : null;
  const names = namedIds(rules, { query, bytes, members });
  if (names.length > 0) exchange.bound = bindingOf(names, identity.user, gateway.boundIds);
  if (req.method === 'POST' && rules.made.length > 0 && lasts(exchange, rules, bytes, members))
    exchange.newIds = rules.made;
  else if (exchange.bound !== null) exchange.newIds = rules.told;
}

/** Whether what the request makes is kept when the answer is over. */
function lasts(
  { req }: Exchange,
  { lasting }: IdRules,
  bytes: Uint8Array | null,
  members: JsonMembers | null,
): boolean {
  const store = members?.store ? bytes?.[members.store.start] : undefined;
  switch (lasting) {
    case 'always':
      return true;
    case 'if store':
      return store === TRUE;
    case 'unless store is false':
      return store !== FALSE;
    case 'if X-DashScope-Async':
      return /^enable$/i.test(req.headersDistinct['x-dashscope-async']?.[0] ?? '');
  }
}

/** The part of stage 10 that learns ids. @returns what reads them from the body of the answer; `null` where none are told */
export function learnIds(
  exchange: Exchange,
  gateway: Gateway,
  { key }: Rewritten,
  status: number,
  head: ResponseHead,
  streams: boolean,
): IdReader | null {
  const { newIds, channel, identity } = exchange;
  if (newIds.length === 0 || channel === null || identity === null || status >= 300) return null;
  const digest = key === null ? '' : gateway.channelKeys.digestOf(key);
  const learn = (name: string, { days, permits }: IdPlace): void =>
    gateway.boundIds.put(name, {
      channel: channel.id,
      user: identity.user,
      api_key_digest: digest,
      expires_at: gateway.clock.now() + days * DAY_MS,
      ...(permits && identity.keyId !== null ? { key_id: identity.keyId } : {}),
    });
  if (newIds.some(({ collection }) => collection === CLIENT_SECRETS)) {
    return secretReader((secret, expiresAtMs) =>
      gateway.boundIds.put(secretName(secret), secretBinding(channel.id, identity, expiresAtMs)),
    );
  }
  for (const place of newIds) {
    const name = nameInHeader(place, head.headers);
    if (name !== null) learn(name, place);
  }
  return idReader(newIds, streams, learn);
}

/** `/v1/realtime/calls/rtc_abc` names `rtc_abc`, and so does `…?upload_id=rtc_abc`. */
function nameInHeader({ header, collection }: IdPlace, headers: readonly string[]): string | null {
  if (header === null) return null;
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === header);
  const value = headers[at + 1];
  if (at < 0 || value === undefined || !URL.canParse(value, 'http://any')) return null;
  const { pathname, searchParams } = new URL(value, 'http://any');
  return idName(collection, searchParams.get('upload_id') ?? pathname.split('/').at(-1) ?? '');
}

import type { ChannelKey, CompiledChannel } from './compiled-channel.ts';
import { isKeySubprotocol } from './credential.ts';
import { type HeaderKind, headerKind } from './header-kind.ts';
import type { RequestHead } from './request-head.ts';

/** The header names that a `Connection` header declares to be for the next hop only (RFC 9110 §7.6.1). */
export function connectionTokens(connection: string | null): ReadonlySet<string> | null {
  if (connection === null || connection === 'keep-alive' || connection === 'close') return null;
  const tokens = connection
    .toLowerCase()
    .split(',')
    .map((token) => token.trim());
  return new Set(tokens);
}

/** Looked at, and sent on all the same. */
const PASSED: ReadonlySet<HeaderKind> = new Set<HeaderKind>([
  'pass',
  'content-type',
  'content-encoding',
  'anthropic-version',
  'x-goog-api-client',
  'origin',
  'sec-fetch-site',
]);

/** The client's other subprotocols: the credential among them never leaves. */
function subprotocolsWithoutKey(value: string): string {
  const kept = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !isKeySubprotocol(name));
  return kept.join(', ');
}

const holds = (value: string, sought: string | null): boolean =>
  sought !== null && value.length >= sought.length && value.includes(sought);

export interface HeaderRules {
  readonly channel: CompiledChannel;
  /** The platform credential to set; `null` for a channel without a key (a local server). */
  readonly credential: ChannelKey['header'] | null;
  /** The client's credential, which leaves in no header (`soughtCredential`). */
  readonly sought: string | null;
  /** How many AIProxies the request has passed, this one included. */
  readonly hops: number;
  /** Whether the answer must come uncoded, so that usage can be read. */
  readonly identity: boolean;
  /** Whether the body goes on without the content codings it came in. */
  readonly plain?: boolean;
  /** Declared to the platform for a body that is streamed, in bytes; `null`: chunked, or no body. */
  readonly contentLength: number | null;
}

/**
 * The headers of the request to the platform: the client's, without what was for this hop and without any
 * credential, the channel's own in their place, the platform's credential last.
 */
export function requestHeaders(
  rawHeaders: readonly string[],
  head: RequestHead,
  rules: HeaderRules,
): string[] {
  const { channel, sought } = rules;
  const dropped = connectionTokens(head.connection);
  const headers: string[] = ['host', channel.hostHeader];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const kind = headerKind(name);
    if (dropped !== null || channel.headers !== null) {
      const lower = name.toLowerCase();
      if (dropped?.has(lower) === true || channel.headers?.has(lower) === true) continue;
    }
    if (kind === 'content-encoding' && rules.plain === true) continue;
    if (!PASSED.has(kind) && (kind !== 'accept-encoding' || rules.identity)) continue;
    const value = rawHeaders[i + 1] ?? '';
    if (!holds(value, sought)) headers.push(name, value);
  }
  append(headers, head, rules);
  return headers;
}

function append(
  headers: string[],
  head: RequestHead,
  { channel, credential, sought, hops, identity, contentLength }: HeaderRules,
): void {
  if (identity) headers.push('accept-encoding', 'identity');
  if (head.subprotocols !== null) {
    const kept = subprotocolsWithoutKey(head.subprotocols);
    if (kept !== '' && !holds(kept, sought)) headers.push('sec-websocket-protocol', kept);
  }
  if (contentLength !== null) headers.push('content-length', String(contentLength));
  headers.push('x-aiproxy-hops', String(hops));
  if (channel.headers !== null) {
    for (const [name, value] of channel.headers) if (name !== 'host') headers.push(name, value);
  }
  // An admin who sets the credential's own header means it.
  if (credential !== null && channel.headers?.has(credential[0]) !== true)
    headers.push(credential[0], credential[1]);
}

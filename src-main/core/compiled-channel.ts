import type { Channel } from '../contract/document.ts';
import { type BaseUrl, parseBaseUrl } from './base-url.ts';
import { modelMatcher } from './model-glob.ts';
import { meantAddress } from './pasted-address.ts';
import type { Platform } from './platform.ts';
import { envNameOf, resolveEnv } from './secret-reference.ts';
import { headerSecrets, secretSpellings } from './secret-spellings.ts';

/** One of a channel's API keys, as it goes onto the wire. */
export interface ChannelKey {
  readonly secret: string;
  readonly header: readonly [name: string, value: string];
  readonly compatibleHeader: readonly [name: string, value: string];
  /** Every spelling of the secrets that go along with this key: its own and those in the channel's headers. */
  readonly echoes: readonly string[];
}

/** What differs on WebSocket handshakes. */
export type WebSocketPlace = Pick<CompiledChannel, 'base' | 'hostHeader' | 'pathRewrite'>;

/** A channel with everything decided that does not depend on the request. */
export interface CompiledChannel {
  readonly id: string;
  readonly name: string;
  readonly channel: Channel;
  readonly platform: Platform;
  readonly active: boolean;
  /** Why it cannot be used although it is active (a secret that is not set, an address that is none), or `null`. */
  readonly fault: string | null;
  readonly base: BaseUrl;
  /** Where its WebSockets are; `null` where it has none. */
  readonly webSocket: WebSocketPlace | null;
  /** What goes into `Host`. */
  readonly hostHeader: string;
  readonly keys: readonly ChannelKey[];
  readonly priority: number;
  readonly weight: number | null;
  readonly lists: ((model: string) => boolean) | null;
  readonly modelMap: ReadonlyMap<string, string> | null;
  readonly pathRewrite: ReadonlyMap<string, string> | null;
  /** Headers the admin set, names in lower case. */
  readonly headers: ReadonlyMap<string, string> | null;
  /** Every spelling of the credentials among `headers`. */
  readonly headerSecrets: readonly string[];
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxRetries: number;
  readonly retryTimeouts: boolean;
  /** The largest body that is held to be inspected, in bytes. */
  readonly maxInspected: number;
  /** The largest body at all, in bytes; `Infinity` where the channel sets none. */
  readonly maxBody: number;
  readonly allowPrivate: boolean;
  readonly streamUsage: boolean;
  readonly streamEndsWithDone: boolean;
}

export const CHANNEL_DEFAULTS = {
  priority: 100,
  connectTimeoutS: 4,
  timeoutS: 600,
  idleTimeoutS: 300,
  maxRetries: 0,
  maxInspectedBytes: 32 * 1024 * 1024,
} as const;

/** Clients of voice APIs give up after 5 s; whatever is longer would never be heard of. */
const LONGEST_CONNECT_S = 4.4;

type Env = Readonly<Record<string, string | undefined>>;

const NOWHERE: BaseUrl = { origin: 'http://invalid', host: 'invalid', hostname: 'invalid', prefix: '' };

const mapOf = (record: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> | null =>
  record === undefined || Object.keys(record).length === 0 ? null : new Map(Object.entries(record));

const headersOf = (channel: Channel): ReadonlyMap<string, string> | null =>
  mapOf(
    Object.fromEntries(
      Object.entries(channel.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  );

function addressOf(channel: Channel, platform: Platform, env: Env): BaseUrl | string {
  const written = channel.base_url ?? platform.baseUrl;
  if (written === null) return 'it has no base_url';
  const url = resolveEnv(written, env);
  if (url === null) return `${written} is not set`;
  return URL.canParse(meantAddress(url))
    ? parseBaseUrl(url, platform.basePrefixes)
    : 'its base_url is no URL';
}

function secretsOf(channel: Channel, env: Env): { secrets: string[]; missing: string | null } {
  const written = channel.api_keys ?? (channel.api_key === undefined ? [] : [channel.api_key]);
  const secrets: string[] = [];
  const unset: string[] = [];
  for (const reference of written) {
    const secret = resolveEnv(reference, env);
    if (secret !== null && secret !== '') secrets.push(secret);
    else unset.push(envNameOf(reference) ?? 'api_key');
  }
  return { secrets, missing: unset.length === 0 ? null : notSet(unset) };
}

const notSet = (names: readonly string[]): string =>
  `the environment variable ${names.join(', ')} (API key) is not set; set it and restart AIProxy`;

function keyOf(secret: string, platform: Platform, others: readonly string[]): ChannelKey {
  const header = platform.credential(secret);
  const compatibleHeader = platform.compatibleCredential?.(secret) ?? header;
  return { secret, header, compatibleHeader, echoes: [...secretSpellings(secret), ...others] };
}

/** Going around a proxy that an admin asked for would be worse than not going at all. */
const faultOf = (channel: Channel, missing: string | null): string | null =>
  channel.outbound_proxy === undefined ? missing : 'outbound_proxy is not supported by this version';

/** @param env where `env:NAME` is looked up */
export function compileChannel(id: string, channel: Channel, platform: Platform, env: Env): CompiledChannel {
  const address = addressOf(channel, platform, env);
  const base = typeof address === 'string' ? NOWHERE : address;
  const { secrets, missing } = secretsOf(channel, env);
  const headers = headersOf(channel);
  const others = headerSecrets(headers).flatMap(secretSpellings);
  return {
    id,
    name: channel.name ?? id,
    channel,
    platform,
    active: channel.status !== 'disabled',
    fault: typeof address === 'string' ? address : faultOf(channel, secrets.length === 0 ? missing : null),
    base,
    webSocket: webSocketOf(channel, platform, env, base),
    hostHeader: channel.host ?? headers?.get('host') ?? base.host,
    keys: secrets.map((secret) => keyOf(secret, platform, others)),
    priority: channel.priority ?? CHANNEL_DEFAULTS.priority,
    weight: channel.weight ?? null,
    lists: modelMatcher(channel.models),
    modelMap: mapOf(channel.model_map),
    pathRewrite: mapOf(channel.path_rewrite),
    headers,
    headerSecrets: others,
    allowPrivate: channel.allow_private ?? platform.allowPrivate,
    streamUsage: platform.streamUsage && channel.settings?.stream_usage !== false,
    streamEndsWithDone: platform.endsWithDone,
    ...boundsOf(channel),
  };
}

/** WebSockets live at `websocket_url`, in whichever spelling of the scheme, else where everything does. */
function webSocketOf(channel: Channel, platform: Platform, env: Env, base: BaseUrl): WebSocketPlace | null {
  if (!(channel.supports_websocket ?? (platform.webSocket || channel.websocket_url !== undefined)))
    return null;
  const url = channel.websocket_url === undefined ? null : resolveEnv(channel.websocket_url, env);
  const own =
    url !== null && URL.canParse(meantAddress(url)) ? parseBaseUrl(url, platform.basePrefixes) : base;
  return {
    base: own,
    hostHeader: channel.host ?? headersOf(channel)?.get('host') ?? own.host,
    pathRewrite: mapOf({ ...channel.path_rewrite, ...channel.websocket_endpoints }),
  };
}

function boundsOf(channel: Channel) {
  return {
    connectTimeoutMs:
      Math.min(channel.connect_timeout ?? CHANNEL_DEFAULTS.connectTimeoutS, LONGEST_CONNECT_S) * 1000,
    timeoutMs: (channel.timeout ?? CHANNEL_DEFAULTS.timeoutS) * 1000,
    idleTimeoutMs: (channel.idle_timeout ?? CHANNEL_DEFAULTS.idleTimeoutS) * 1000,
    maxRetries: channel.max_retries ?? CHANNEL_DEFAULTS.maxRetries,
    retryTimeouts: channel.retry_timeouts ?? false,
    maxInspected: channel.max_body ?? CHANNEL_DEFAULTS.maxInspectedBytes,
    maxBody: channel.max_body ?? Number.POSITIVE_INFINITY,
  };
}

import type { LegacyChannel } from '../contract/legacy.ts';
import type { PlatformFacts } from './document-issue.ts';
import { withoutEmpty, withTimes } from './legacy-values.ts';
import { checkBaseUrl } from './network-policy.ts';
import { meantAddress } from './pasted-address.ts';
import { envNameOf } from './secret-reference.ts';

/** Says something about a member of the record that is being converted. */
export type Warn = (member: string, message: string) => void;

const DIALECT_PATHS: readonly (readonly [dialect: string, path: RegExp])[] = [
  ['Gemini', /:(stream)?generateContent$|:(batch)?embedContents?$/i],
  ['Anthropic', /\/messages$|\/v1\/complete$/],
  ['DashScope', /\/api\/v1\/services\//],
  ['OpenAI', /\/(chat\/completions|completions|embeddings|responses|images\/generations|audio\/[a-z]+)$/],
];

function dialectOf(path: string): string | null {
  return DIALECT_PATHS.find(([, pattern]) => pattern.test(path.split('?')[0] ?? ''))?.[0] ?? null;
}

type PathMap = Readonly<Record<string, string>>;

function rootedPaths(map: PathMap, member: string, warn: Warn): PathMap {
  const rooted = (path: string): string => {
    if (path.startsWith('/')) return path;
    warn(member, `${member}: "${path}" is read as "/${path}"`);
    return `/${path}`;
  };
  return Object.fromEntries(Object.entries(map).map(([from, to]) => [rooted(from), rooted(to)]));
}

function warnOfDialects(map: PathMap, warn: Warn): void {
  for (const [from, to] of Object.entries(map)) {
    const [sent, taken] = [dialectOf(from), dialectOf(to)];
    if (sent === null || taken === null || sent === taken) continue;
    warn(
      'path_rewrite',
      `path_rewrite: "${from}" carries a body of ${sent}, "${to}" expects one of ${taken}`,
    );
  }
}

function withScheme(url: string, ssl: boolean | null | undefined): string {
  if (url.includes('://') || envNameOf(url) !== null) return url;
  return `${ssl === false ? 'http' : 'https'}://${url}`;
}

function hostOf(url: unknown): string | null {
  if (typeof url !== 'string') return null;
  const meant = meantAddress(url);
  return URL.canParse(meant) ? new URL(meant).hostname : null;
}

function needsPrivate(url: unknown): boolean {
  if (typeof url !== 'string' || envNameOf(url) !== null) return false;
  const meant = meantAddress(url);
  return checkBaseUrl(meant, false) !== null && checkBaseUrl(meant, true) === null;
}

/** A channel of the older files as a current one. `wss:` and `https:` in `websocket_url` mean the same. */
export function convertChannel(
  legacy: LegacyChannel,
  facts: PlatformFacts,
  warn: Warn,
): Record<string, unknown> {
  const { ssl, ...rest } = legacy;
  const channel = withTimes(withoutEmpty(rest));
  if (legacy.base_url) channel.base_url = withScheme(legacy.base_url, ssl);
  if (legacy.websocket_url) {
    channel.websocket_url = withScheme(legacy.websocket_url, ssl).replace(/^http(s?):/i, 'ws$1:');
  }
  for (const member of ['path_rewrite', 'websocket_endpoints'] as const) {
    const map = legacy[member];
    if (map) channel[member] = rootedPaths(map, member, warn);
  }
  warnOfDialects(legacy.path_rewrite ?? {}, warn);
  const host = hostOf(channel.base_url) ?? hostOf(channel.websocket_url);
  channel.platform ??= host === null ? 'custom' : facts.recognisePlatform(host);
  if (channel.api_key === undefined && channel.api_keys === undefined)
    warn('api_key', 'the channel has no API key');
  if (
    channel.allow_private === undefined &&
    (needsPrivate(channel.base_url) || needsPrivate(channel.websocket_url))
  ) {
    channel.allow_private = true;
    warn('base_url', 'the address is a private one; allow_private: true was set');
  }
  return channel;
}

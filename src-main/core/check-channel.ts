import type { Channel } from '../contract/document.ts';
import {
  type DocumentIssue,
  errorAt,
  type PlatformFact,
  type PlatformFacts,
  warningAt,
} from './document-issue.ts';
import { suggestion } from './nearest-name.ts';
import { checkBaseUrl } from './network-policy.ts';
import { meantAddress } from './pasted-address.ts';
import { envNameOf } from './secret-reference.ts';

type Path = DocumentIssue['path'];

/** What a channel is judged by, beside its own members. */
export interface ChannelRules extends PlatformFacts {
  /** Whether an address is one of our own listeners; a channel that points there would run in circles. */
  isSelf?(hostname: string, port: number): boolean;
}

const DEFAULT_PORT: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

function pointsHere(text: string, rules: ChannelRules): boolean {
  const url = new URL(text);
  const port = url.port === '' ? (DEFAULT_PORT[url.protocol] ?? 0) : Number(url.port);
  return rules.isSelf?.(url.hostname, port) ?? false;
}

function checkAddressMember(
  written: string,
  allowPrivate: boolean,
  path: Path,
  rules: ChannelRules,
): DocumentIssue[] {
  // What the variable holds is judged when it is resolved, and again at each connect.
  if (envNameOf(written) !== null) return [];
  const url = meantAddress(written);
  const reason = checkBaseUrl(url, allowPrivate);
  if (reason !== null) return [errorAt(path, `${path.at(-1)}: ${reason}`)];
  return pointsHere(url, rules) ? [errorAt(path, `${path.at(-1)} points at AIProxy itself`)] : [];
}

function checkAddresses(
  channel: Channel,
  platform: PlatformFact,
  path: Path,
  rules: ChannelRules,
): DocumentIssue[] {
  const allowPrivate = channel.allow_private ?? platform.allowPrivate;
  const issues: DocumentIssue[] = [];
  for (const name of ['base_url', 'websocket_url'] as const) {
    const url = channel[name];
    if (url !== undefined) issues.push(...checkAddressMember(url, allowPrivate, [...path, name], rules));
  }
  if (channel.base_url === undefined && platform.baseUrl === null) {
    issues.push(
      errorAt(path, `base_url is missing: platform "${channel.platform}" has no address of its own`),
    );
  }
  return issues;
}

function checkOutboundProxy(channel: Channel, path: Path): DocumentIssue[] {
  const proxy = channel.outbound_proxy;
  if (proxy === undefined || envNameOf(proxy) !== null) return [];
  if (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol)) return [];
  return [errorAt([...path, 'outbound_proxy'], 'outbound_proxy must be an http: or https: URL')];
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused (RFC 9110 §5.5)
const BAD_HEADER_VALUE = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;
const OWN_HEADERS: ReadonlySet<string> = new Set(
  'host content-length transfer-encoding connection keep-alive upgrade te trailer proxy-connection'.split(
    ' ',
  ),
);

function checkHeaders(headers: Readonly<Record<string, string>>, path: Path): DocumentIssue[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const at = [...path, 'headers', name];
    if (!HEADER_NAME.test(name)) return [errorAt(at, `"${name}" is not a header name`)];
    if (BAD_HEADER_VALUE.test(value)) return [errorAt(at, `the value of header "${name}" cannot be sent`)];
    if (OWN_HEADERS.has(name.toLowerCase())) {
      return [
        errorAt(
          at,
          `header "${name}" is set by AIProxy itself${name.toLowerCase() === 'host' ? '; use "host"' : ''}`,
        ),
      ];
    }
    return [];
  });
}

function checkModelMap(map: Readonly<Record<string, string>>, path: Path): DocumentIssue[] {
  return Object.entries(map).flatMap(([from, to]) => {
    const at = [...path, 'model_map', from];
    if (from === '') return [errorAt(at, 'model_map: a model name is empty')];
    if (to.includes('*')) return [errorAt(at, `model_map: "${to}" is no model's name, because it holds a *`)];
    return from === to ? [warningAt(at, `model_map: "${from}" is mapped to itself`)] : [];
  });
}

function checkHost(host: string | undefined, path: Path): DocumentIssue[] {
  if (host === undefined) return [];
  const fits = /^[^/?#@\\\s]+$/.test(host) && URL.canParse(`https://${host}`);
  return fits ? [] : [errorAt([...path, 'host'], `host "${host}" is not a host name`)];
}

function checkSettings(channel: Channel, platform: PlatformFact, path: Path): DocumentIssue[] {
  const result = platform.settings.safeParse(channel.settings ?? {});
  const issues = result.success ? [] : (result.error?.issues ?? []);
  return issues.map((issue) => {
    const inner = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    return errorAt([...path, 'settings', ...inner], `${['settings', ...inner].join('.')}: ${issue.message}`);
  });
}

/** Errors and warnings about one channel by itself. */
export function checkChannel(channel: Channel, path: Path, rules: ChannelRules): DocumentIssue[] {
  const own = [
    ...checkHeaders(channel.headers ?? {}, path),
    ...checkModelMap(channel.model_map ?? {}, path),
    ...checkHost(channel.host, path),
    ...checkOutboundProxy(channel, path),
  ];
  const platform = rules.platformOf(channel.platform);
  if (platform === undefined) {
    const hint = suggestion(channel.platform, rules.platformNames());
    return [errorAt([...path, 'platform'], `unknown platform "${channel.platform}"${hint}`), ...own];
  }
  return [
    ...checkAddresses(channel, platform, path, rules),
    ...checkSettings(channel, platform, path),
    ...own,
  ];
}

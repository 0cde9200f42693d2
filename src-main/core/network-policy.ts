import { type AddressBytes, parseAddress, sharesPrefix } from './ip-address.ts';
import { reachedAddresses } from './reached-addresses.ts';

type Verdict = 'never' | 'private';
interface Rule {
  readonly base: AddressBytes;
  readonly bits: number;
  readonly verdict: Verdict;
  readonly what: string;
}

function rule(cidr: string, verdict: Verdict, what: string): Rule {
  const [address = '', bits = ''] = cidr.split('/');
  const base = parseAddress(address) ?? [];
  return { base, bits: bits === '' ? base.length * 8 : Number(bits), verdict, what };
}

const METADATA = 'a metadata address';

// The first match decides. 198.18.0.0/15 is not listed: networks with a transparent proxy answer with it for public names.
const V4_RULES: readonly Rule[] = [
  rule('169.254.169.254', 'never', METADATA),
  rule('100.100.100.200', 'never', METADATA),
  rule('192.0.0.192', 'never', METADATA),
  rule('168.63.129.16', 'never', METADATA),
  rule('169.254.0.0/16', 'never', 'link-local'),
  rule('0.0.0.0/8', 'never', 'unspecified'),
  rule('255.255.255.255', 'never', 'the broadcast address'),
  rule('224.0.0.0/4', 'never', 'a multicast address'),
  rule('240.0.0.0/4', 'never', 'reserved'),
  rule('127.0.0.0/8', 'private', 'a loopback address'),
  rule('10.0.0.0/8', 'private', 'a private address'),
  rule('172.16.0.0/12', 'private', 'a private address'),
  rule('192.168.0.0/16', 'private', 'a private address'),
  rule('100.64.0.0/10', 'private', 'a private address (carrier-grade NAT)'),
];

const V6_RULES: readonly Rule[] = [
  rule('fd00:ec2::254', 'never', METADATA),
  rule('fd20:ce::254', 'never', METADATA),
  rule('::', 'never', 'unspecified'),
  rule('::1', 'private', 'a loopback address'),
  rule('fe80::/10', 'never', 'link-local'),
  rule('ff00::/8', 'never', 'a multicast address'),
  rule('fc00::/7', 'private', 'a private address'),
  rule('fec0::/10', 'private', 'a private address (site-local)'),
];

function ruleFor(address: AddressBytes): Rule | undefined {
  const rules = address.length === 4 ? V4_RULES : V6_RULES;
  return rules.find(({ base, bits }) => sharesPrefix(address, base, bits));
}

function reasonFor(found: Rule, ip: string, allowPrivate: boolean): string | null {
  if (found.verdict === 'never') return `${ip} is ${found.what}, which is never allowed`;
  return allowPrivate ? null : `${ip} is ${found.what}, which needs allow_private: true`;
}

/**
 * Whether a platform may live at this address; asked when a channel is saved and again at each connect, because names move.
 * @returns why it is refused, or `null`
 */
export function checkAddress(ip: string, allowPrivate: boolean): string | null {
  const address = parseAddress(ip);
  if (address === null) return `${ip} is not an address`;
  const found = reachedAddresses(address).flatMap((reached) => ruleFor(reached) ?? []);
  const strictest =
    found.find(({ what }) => what === METADATA) ??
    found.find(({ verdict }) => verdict === 'never') ??
    found[0];
  return strictest === undefined ? null : reasonFor(strictest, ip, allowPrivate);
}

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:']);
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'instance-data',
]);

function checkHost(hostname: string, allowPrivate: boolean): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.+$/, '');
  if (parseAddress(bare) !== null) return checkAddress(bare, allowPrivate);
  if (METADATA_NAMES.has(bare)) return `${bare} is a metadata service, which is never allowed`;
  if (allowPrivate || !/(^|\.)localhost$/.test(bare)) return null;
  return `${bare} is a loopback name, which needs allow_private: true`;
}

/**
 * Whether this may be the address of a channel, as far as that can be told without resolving its name.
 * Octal, integer and hexadecimal spellings of IPv4 are the address they mean (WHATWG URL).
 * @returns why it is refused, or `null`
 */
export function checkBaseUrl(url: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(url)) return 'is not a URL such as https://api.example.com';
  const { protocol, username, password, hostname } = new URL(url);
  if (!SCHEMES.has(protocol)) return `must begin with http:, https:, ws: or wss:, not ${protocol}`;
  if (username !== '' || password !== '') return 'must not contain credentials';
  return checkHost(hostname, allowPrivate);
}

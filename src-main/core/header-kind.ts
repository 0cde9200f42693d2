/** What AIProxy does with a request header, decided by its name alone. */
export type HeaderKind =
  | 'pass'
  | 'host'
  | 'hop'
  | 'connection'
  | 'transfer-encoding'
  | 'content-length'
  | 'content-type'
  | 'content-encoding'
  | 'accept-encoding'
  | 'authorization'
  | 'x-api-key'
  | 'api-key'
  | 'x-goog-api-key'
  | 'credential'
  | 'sec-websocket-protocol'
  | 'origin'
  | 'sec-fetch-site'
  | 'upgrade'
  | 'forwarded'
  | 'x-forwarded-for'
  | 'anthropic-version'
  | 'x-goog-api-client'
  | 'x-aiproxy-channel'
  | 'x-aiproxy-hops';

const KINDS: Readonly<Record<string, HeaderKind>> = Object.assign(Object.create(null), {
  host: 'host',
  // RFC 9110 §7.6.1, and what only the next hop may read.
  'keep-alive': 'hop',
  'proxy-authenticate': 'hop',
  'proxy-authorization': 'hop',
  'proxy-connection': 'hop',
  te: 'hop',
  trailer: 'hop',
  expect: 'hop',
  'http2-settings': 'hop',
  upgrade: 'upgrade',
  connection: 'connection',
  'transfer-encoding': 'transfer-encoding',
  'content-length': 'content-length',
  'content-type': 'content-type',
  'content-encoding': 'content-encoding',
  'accept-encoding': 'accept-encoding',
  authorization: 'authorization',
  'x-api-key': 'x-api-key',
  'api-key': 'api-key',
  'x-goog-api-key': 'x-goog-api-key',
  // Azure API Management's, which no client of ours sends its Proxy-Key in on purpose.
  'ocp-apim-subscription-key': 'credential',
  'sec-websocket-protocol': 'sec-websocket-protocol',
  origin: 'origin',
  'sec-fetch-site': 'sec-fetch-site',
  forwarded: 'forwarded',
  'x-forwarded-for': 'x-forwarded-for',
  'x-real-ip': 'forwarded',
  'x-client-ip': 'forwarded',
  'true-client-ip': 'forwarded',
  'cf-connecting-ip': 'forwarded',
  via: 'forwarded',
  'anthropic-version': 'anthropic-version',
  'x-goog-api-client': 'x-goog-api-client',
  'x-aiproxy-channel': 'x-aiproxy-channel',
  'x-aiproxy-hops': 'x-aiproxy-hops',
} satisfies Record<string, HeaderKind>);

/** Clients spell the same few names again and again, so the answer for a spelling is kept; the bound is for hostile ones. */
const MAX_SPELLINGS = 512;
const spellings = new Map<string, HeaderKind>();

/** The kind of a header by its name, in any case. */
export function headerKind(name: string): HeaderKind {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const kind = KINDS[lower] ?? (lower.startsWith('x-forwarded-') ? 'forwarded' : 'pass');
  if (spellings.size < MAX_SPELLINGS) spellings.set(name, kind);
  return kind;
}

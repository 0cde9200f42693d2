import { parseAddress } from './ip-address.ts';

/** What people copy along with an address. */
const AROUND = /^[\s'"`<(（《“‘「]+|[\s'"`>),;，。；、）》”’」]+$/g;
/** A colon as Chinese input methods write it. */
const WIDE_COLON = /^([a-z][a-z0-9+.-]*)：\/\//i;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** `host`, `host:port` or `host/path`; a name alone may be anything. */
const WITHOUT_SCHEME =
  /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost|\[[0-9a-f:.]+\]|[a-z0-9-]+(?=:\d))(?::\d+)?(?:[/?#]|$)/i;
/** A key that was pasted into the wrong field may look like a host; as one, it would be stored, shown and asked for. */
const LIKE_A_KEY = /^(?:[a-z]{0,2}[ps]k-|ek-|eyJ)/;
const NAMED_LOCAL = /^(?:localhost|[^.]+|.*\.(?:local|lan|localhost|home\.arpa))$/i;

/** Whether a server is most likely asked without TLS: an address, or a name of the local network. */
function isLocal(hostAndPath: string): boolean {
  const [host = ''] = hostAndPath.replace(/^\[([^\]]*)\].*/s, '$1').split(/[/?#]/);
  const name = parseAddress(host) === null ? host.replace(/:\d+$/, '') : host;
  return parseAddress(name) !== null || NAMED_LOCAL.test(name);
}

/**
 * An address as it was meant: without the blanks and quotes around it, with a scheme (`http` on the local network, `https`
 * elsewhere). What cannot be understood stays as it is, to be refused; so does `env:NAME`.
 */
export function meantAddress(written: string): string {
  const text = written.replace(AROUND, '').replace(WIDE_COLON, '$1://');
  if (SCHEME.test(text) || LIKE_A_KEY.test(text) || !WITHOUT_SCHEME.test(text)) return text;
  return `${isLocal(text) ? 'http' : 'https'}://${text}`;
}

/** Whole operations at the end of an address; the request's own path brings them. */
const OPERATION =
  /\/(?:chat\/completions|completions|responses|embeddings|rerank|messages(?:\/count_tokens)?|complete|models(?:\/[^/]+:\w+)?|images\/(?:generations|edits|variations)|audio\/(?:speech|transcriptions|translations)|api\/(?:chat|generate|embed|tags))$/i;
const DEPLOYMENT = /(\/openai)\/deployments(?:\/.*)?$/i;
const DASHSCOPE_SERVICE = /(\/api\/v1)\/services\/.*$/;
const DOUBLED_VERSION = /(\/v\d+[a-z0-9]*)\1+$/;

/**
 * The path of an address that belongs in front of every request's: slashes at its end, a whole operation, a deployment, a
 * version that stands there twice, and what the platform's own paths begin with are left out.
 * @param ownPrefixes paths of the platform itself that people write at the end of the address
 */
export function meantPrefix(pathname: string, ownPrefixes: readonly string[]): string {
  let path = pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  if (ownPrefixes.includes('/openai')) path = path.replace(DEPLOYMENT, '$1');
  if (ownPrefixes.includes('/compatible-mode')) path = path.replace(DASHSCOPE_SERVICE, '$1');
  path = path.replace(OPERATION, '').replace(DOUBLED_VERSION, '$1');
  const lower = path.toLowerCase();
  const own = ownPrefixes.find((prefix) => lower.endsWith(prefix));
  return own === undefined ? path : path.slice(0, path.length - own.length);
}

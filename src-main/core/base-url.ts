import { meantAddress, meantPrefix } from './pasted-address.ts';

/** A channel's address, taken apart once when the configuration changes. */
export interface BaseUrl {
  /** `https://host:port`, without the port where it is the scheme's own. */
  readonly origin: string;
  /** For the `Host` header. */
  readonly host: string;
  readonly hostname: string;
  /** The path in front of every request's, without slash at its end. */
  readonly prefix: string;
}

const VERSION_AT_END = /\/v\d+[a-z0-9]*$/;

/**
 * @param ownPrefixes paths of the platform itself that people write at the end of the address
 * @throws TypeError where it is no URL
 */
export function parseBaseUrl(url: string, ownPrefixes: readonly string[]): BaseUrl {
  const parsed = new URL(meantAddress(url).replace(/^ws/i, 'http'));
  return {
    origin: parsed.origin,
    host: parsed.host,
    hostname: parsed.hostname,
    prefix: meantPrefix(parsed.pathname, ownPrefixes),
  };
}

/**
 * The path of a request at a channel. The version segment of a base such as `/api/v3` takes the place of
 * the canonical `/v1`, and is not doubled where the request repeats it.
 * @param canonical whether `path` is a canonical one
 */
export function joinPath(prefix: string, path: string, canonical: boolean): string {
  if (prefix === '') return path;
  const version = VERSION_AT_END.exec(prefix)?.[0];
  if (version === undefined) return prefix + path;
  if (path.startsWith(`${version}/`) || path === version) return prefix + path.slice(version.length);
  if (canonical && path.startsWith('/v1/')) return prefix + path.slice(3);
  return prefix + path;
}

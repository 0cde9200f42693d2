import { isLoopback, matchesCidr, parseAddress, unmapped } from './ip-address.ts';
import type { RequestHead } from './request-head.ts';

const LOCAL_NAME = /^localhost\.?$/i;
/** `Host`: a name or an address, and perhaps a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[^:[\]@/?#\s]+)(?::\d{1,5})?$/i;

/** Whether an address is this computer's own loopback, in any spelling. */
export function isLoopbackAddress(address: string): boolean {
  const bytes = parseAddress(address);
  return bytes !== null && isLoopback(unmapped(bytes));
}

/** The host that a `Host` names, without port and brackets; `null` where it is none. */
export function hostNamed(host: string): string | null {
  return HOST.exec(host)?.[1]?.replace(/^\[|\]$/g, '') ?? null;
}

/** Whether a `Host` names this computer. */
export function isLocalHost(host: string): boolean {
  const named = hostNamed(host);
  return named !== null && (LOCAL_NAME.test(named) || isLoopbackAddress(named));
}

/**
 * Whether a request was made on this computer: the peer is loopback, it addressed a local name, and nobody
 * forwarded it. Behind a load balancer on the same machine nothing is.
 */
export const isFromThisComputer = (peer: string, head: RequestHead): boolean =>
  isLoopbackAddress(peer) && !head.forwarded && head.host !== null && isLocalHost(head.host);

/** An IPv4 address without the IPv6 spelling that dual-stack sockets give it; anything else as it is. */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  const bytes = parseAddress(address);
  if (bytes === null) return address;
  const plain = unmapped(bytes);
  return plain.length === 4 ? plain.join('.') : address;
}

/** An entry of `X-Forwarded-For`: some proxies write brackets and ports. */
const toldAddress = (entry: string): string =>
  plainAddress(entry.trim().replace(/^\[|\](?::\d+)?$|(?<=^[\d.]+):\d+$/g, ''));

/**
 * Who asked: the peer, or, where the peer is a trusted proxy, the last address it was told about that is
 * not itself a trusted proxy.
 */
export function clientAddress(
  peer: string,
  head: RequestHead,
  trusted: readonly string[] | undefined,
): string {
  const address = plainAddress(peer);
  if (trusted === undefined || trusted.length === 0 || head.forwardedFor === null) return address;
  const isTrusted = (candidate: string): boolean => trusted.some((range) => matchesCidr(candidate, range));
  if (!isTrusted(address)) return address;
  const told = head.forwardedFor.split(',').map(toldAddress);
  return told.findLast((candidate) => !isTrusted(candidate)) ?? told[0] ?? address;
}

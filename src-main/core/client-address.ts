import { matchesCidr } from './ip-address.ts';
import type { RequestHead } from './request-head.ts';

const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i;
const LOCAL_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;

/** Whether an address is this computer's own. */
export const isLoopbackAddress = (address: string): boolean => LOOPBACK.test(address);

/** Whether a `Host` names this computer. */
export const isLocalHost = (host: string): boolean => LOCAL_HOST.test(host);

/**
 * Whether a request was made on this computer: the peer is loopback, it addressed a local name, and nobody
 * forwarded it. Behind a load balancer on the same machine nothing is.
 */
export const isFromThisComputer = (peer: string, head: RequestHead): boolean =>
  isLoopbackAddress(peer) && !head.forwarded && head.host !== null && isLocalHost(head.host);

/** An IPv4 address without the IPv6 spelling that dual-stack sockets give it. */
export const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;

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
  const told = head.forwardedFor
    .split(',')
    .map((entry) => plainAddress(entry.trim().replace(/^\[|\](?::\d+)?$/g, '')));
  return told.findLast((candidate) => !isTrusted(candidate)) ?? told[0] ?? address;
}

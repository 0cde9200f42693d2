import { hostname, networkInterfaces } from 'node:os';
import { type AddressBytes, isLoopback, parseAddress, sameAddress, unmapped } from '../core/ip-address.ts';
import { reachedAddresses } from '../core/reached-addresses.ts';

/** Resolved to loopback without asking anybody (RFC 6761 §6.3). */
const LOOPBACK_NAME = /(?:^|\.)localhost$/i;

/** Addresses of this computer's interfaces, read anew: networks come and go. */
const interfaceAddresses = (): AddressBytes[] =>
  Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => unmapped(parseAddress(address) ?? [])),
  );

/** A connection to the unspecified address reaches this computer. */
const isUnspecified = (address: AddressBytes): boolean => address.every((byte) => byte === 0);

function isOwn(bytes: AddressBytes): boolean {
  const reached = reachedAddresses(bytes);
  if (reached.some((address) => isLoopback(address) || isUnspecified(address))) return true;
  const own = interfaceAddresses();
  return reached.some((address) => own.some((entry) => sameAddress(entry, address)));
}

/**
 * Whether an address, in any spelling, or a name that needs no resolver belongs to this computer. Other names are
 * judged by what they resolve to, at each connect.
 * @param host as it stands in a URL, brackets allowed
 */
export function isOwnAddress(host: string): boolean {
  const bare = host.replace(/^\[|\]$|\.+$/g, '');
  const bytes = parseAddress(bare);
  if (bytes !== null) return isOwn(bytes);
  return LOOPBACK_NAME.test(bare) || bare.toLowerCase() === hostname().toLowerCase();
}

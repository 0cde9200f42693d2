import { parseAddress, unmapped } from './ip-address.ts';

/** The first half of an IPv6 address: providers give a whole /64 to each customer (RFC 6177, RFC 7421). */
const NETWORK_BYTES = 8;

/**
 * Whoever is likely to be one client: an IPv4 address, or the /64 of an IPv6 address.
 * @param address as a socket tells it; what is none stands for itself
 */
export function addressGroup(address: string): string {
  const bytes = parseAddress(address);
  if (bytes === null) return address;
  const plain = unmapped(bytes);
  return plain.length === 4 ? plain.join('.') : `${plain.slice(0, NETWORK_BYTES).join('.')}/64`;
}

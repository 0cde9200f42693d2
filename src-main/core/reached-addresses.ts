import { type AddressBytes, parseAddress, sharesPrefix, unmapped } from './ip-address.ts';

/** IPv6 addresses that carry an IPv4 address: how they are told, and where in their 16 bytes it stands. */
interface Carrier {
  readonly base: AddressBytes;
  readonly bits: number;
  /** The four bytes, by place; several where the length of the prefix is the operator's choice. */
  readonly places: readonly (readonly [number, number, number, number])[];
  /** Whether the bytes are stored inverted (Teredo, RFC 4380 §4). */
  readonly inverted?: boolean;
}

const carrier = (base: string, bits: number, ...places: Carrier['places']): Carrier => ({
  base: parseAddress(base) ?? [],
  bits,
  places,
});

const LAST = [12, 13, 14, 15] as const;

const CARRIERS: readonly Carrier[] = [
  // IPv4-compatible (RFC 4291 §2.5.5.1).
  carrier('::', 96, LAST),
  // Translated by SIIT (RFC 2765 §2.1).
  carrier('::ffff:0:0:0', 96, LAST),
  // NAT64, and its prefix for local use: byte 8 stays zero, so the address goes around it (RFC 6052 §2.2, RFC 8215).
  carrier('64:ff9b::', 96, LAST),
  carrier('64:ff9b:1::', 48, LAST, [9, 10, 11, 12], [7, 9, 10, 11], [6, 7, 9, 10]),
  // 6to4 (RFC 3056 §2).
  carrier('2002::', 16, [2, 3, 4, 5]),
  // Teredo: the server, and the client inverted (RFC 4380 §4).
  carrier('2001::', 32, [4, 5, 6, 7]),
  { ...carrier('2001::', 32, LAST), inverted: true },
];

/** ISATAP under any prefix: `0:5efe` or `200:5efe` before the address (RFC 5214 §6.1); the two low bits vary. */
const isIsatap = (address: AddressBytes): boolean =>
  ((address[8] ?? 0xff) & 0xfc) === 0 && address[9] === 0 && address[10] === 0x5e && address[11] === 0xfe;

const read = (address: AddressBytes, place: readonly number[], flip: number): AddressBytes =>
  place.map((index) => (address[index] ?? 0) ^ flip);

function carriedBy(address: AddressBytes): AddressBytes[] {
  const carried = CARRIERS.filter(({ base, bits }) => sharesPrefix(address, base, bits)).flatMap(
    ({ places, inverted }) => places.map((place) => read(address, place, inverted === true ? 0xff : 0)),
  );
  if (isIsatap(address)) carried.push(read(address, LAST, 0));
  // Of several possible places those that hold no host (0.0.0.0/8) are not the one that is meant.
  const meant = carried.filter(([first]) => first !== 0);
  return meant.length === 0 ? carried.slice(0, 1) : meant;
}

const ZEROS = parseAddress('::') ?? [];

/**
 * Every address that a connection to this one may end at: itself in its plain spelling, and what a translator or a
 * tunnel would make of it.
 */
export function reachedAddresses(address: AddressBytes): readonly AddressBytes[] {
  const plain = unmapped(address);
  if (plain.length === 4) return [plain];
  // `::` and `::1` look like IPv4-compatible addresses and are none.
  if (sharesPrefix(plain, ZEROS, 120) && (plain[15] ?? 0) <= 1) return [plain];
  return [plain, ...carriedBy(plain)];
}

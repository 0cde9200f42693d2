/** An address as its bytes: 4 for IPv4, 16 for IPv6. */
export type AddressBytes = readonly number[];

function parseV4(text: string): AddressBytes | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes: number[] = [];
  for (const part of parts) {
    // One spelling per address: leading zeros mean octal to some readers and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(part)) return null;
    const value = Number(part);
    if (value > 255) return null;
    bytes.push(value);
  }
  return bytes;
}

/** The bytes of `1:2:3` or `1:2:10.0.0.1` (a dotted end only where `mayEndDotted`). */
function parseGroups(text: string, mayEndDotted: boolean): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (group.includes('.')) {
      const v4 = mayEndDotted && index === groups.length - 1 ? parseV4(group) : null;
      if (v4 === null) return null;
      bytes.push(...v4);
      continue;
    }
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}

function parseV6(text: string): AddressBytes | null {
  const halves = text.split('::');
  const [left = '', right] = halves;
  if (halves.length > 2) return null;
  const head = parseGroups(left, right === undefined);
  if (head === null) return null;
  if (right === undefined) return head.length === 16 ? head : null;
  const tail = parseGroups(right, true);
  // `::` stands for at least one group (RFC 4291 §2.2).
  if (tail === null || head.length + tail.length > 14) return null;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/**
 * Reads an address exactly: dotted decimal without leading zeros, or IPv6 by RFC 4291; a zone (`%eth0`) is dropped.
 * @returns `null` for everything else
 */
export function parseAddress(text: string): AddressBytes | null {
  if (!text.includes(':')) return parseV4(text);
  const zone = text.indexOf('%');
  return parseV6(zone === -1 ? text : text.slice(0, zone));
}

/** Whether the first `bits` bits of both are equal. */
export function sharesPrefix(address: AddressBytes, base: AddressBytes, bits: number): boolean {
  const whole = bits >> 3;
  for (let index = 0; index < whole; index++) {
    if (address[index] !== base[index]) return false;
  }
  const rest = bits & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((address[whole] ?? 0) & mask) === ((base[whole] ?? 0) & mask);
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** `::ffff:a.b.c.d` as `a.b.c.d`, which is what a dual-stack socket means by it; anything else as it is. */
export function unmapped(address: AddressBytes): AddressBytes {
  return address.length === 16 && sharesPrefix(address, MAPPED, 96) ? address.slice(12) : address;
}

const LOOPBACK_V6 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/** Whether this is loopback: 127.0.0.0/8 or `::1`. */
export const isLoopback = (address: AddressBytes): boolean =>
  address.length === 4 ? address[0] === 127 : sharesPrefix(address, LOOPBACK_V6, 128);

/** Whether both are the same bytes. */
export const sameAddress = (a: AddressBytes, b: AddressBytes): boolean =>
  a.length === b.length && sharesPrefix(a, b, a.length * 8);

interface Range {
  readonly base: AddressBytes;
  readonly bits: number;
}

function parseRange(cidr: string): Range | null {
  const slash = cidr.indexOf('/');
  const base = parseAddress(slash === -1 ? cidr : cidr.slice(0, slash));
  if (base === null) return null;
  const full = base.length * 8;
  const suffix = slash === -1 ? String(full) : cidr.slice(slash + 1);
  if (!/^\d{1,3}$/.test(suffix) || Number(suffix) > full) return null;
  const bits = Number(suffix);
  const plain = unmapped(base);
  return plain.length === base.length || bits < 96 ? { base, bits } : { base: plain, bits: bits - 96 };
}

// Allow-lists are few and asked at every request; parsing them each time would cost more than comparing.
const ranges = new Map<string, Range | null>();
const MOST_RANGES = 10_000;

/** `10.0.0.0/8`, `fd00::/8` or a single address, parsed once. */
function rangeOf(cidr: string): Range | null {
  const known = ranges.get(cidr);
  if (known !== undefined) return known;
  if (ranges.size >= MOST_RANGES) ranges.clear();
  const range = parseRange(cidr);
  ranges.set(cidr, range);
  return range;
}

/** Whether this is an address range as `10.0.0.0/8`, `fd00::/8`, or a single address. */
export function isCidr(cidr: string): boolean {
  return rangeOf(cidr) !== null;
}

/** Whether the address lies in the range; `::ffff:10.0.0.1` counts as `10.0.0.1`. What cannot be read never matches. */
export function matchesCidr(ip: string, cidr: string): boolean {
  const range = rangeOf(cidr);
  const address = parseAddress(ip);
  if (range === null || address === null) return false;
  const plain = unmapped(address);
  return plain.length === range.base.length && sharesPrefix(plain, range.base, range.bits);
}

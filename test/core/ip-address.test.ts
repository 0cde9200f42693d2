import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCidr, matchesCidr, parseAddress } from '../../src-main/core/ip-address.ts';

describe('reading an address', () => {
  it('agrees with Node on what IPv4 and IPv6 are', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '255',
      '256',
      '01',
      'a',
      'ffff',
      '12345',
      ':',
      '::',
      '.',
      '%',
      '',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        fc.pre(!text.includes('%'));
        const expected = { 0: null, 4: 4, 6: 16 }[isIP(text)] ?? null;
        expect(parseAddress(text)?.length ?? null).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([fc.ipV4(), fc.ipV6()])('reads every address there is', (addresses) => {
    fc.assert(fc.property(addresses, (text) => parseAddress(text) !== null));
  });

  it('expands :: and drops a zone', () => {
    expect(parseAddress('fe80::1%eth0')).toEqual([0xfe, 0x80, ...new Array(13).fill(0), 1]);
    expect(parseAddress('::')).toEqual(new Array(16).fill(0));
  });
});

describe('an address range', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3'],
    ['10.1.2.3', '0.0.0.0/0'],
    ['192.168.1.129', '192.168.1.128/25'],
    ['::ffff:10.1.2.3', '10.0.0.0/8'],
    ['10.1.2.3', '::ffff:10.0.0.0/104'],
    ['fd00::5', 'fd00::/8'],
    ['2001:db8::1', '2001:db8::/33'],
    ['::1', '::1/128'],
    ['fe80::1%lo', 'fe80::/10'],
  ])('%s lies in %s', (ip, cidr) => {
    expect(matchesCidr(ip, cidr)).toBe(true);
  });

  it.each([
    ['11.1.2.3', '10.0.0.0/8'],
    ['192.168.1.127', '192.168.1.128/25'],
    ['10.1.2.3', '::/0'],
    ['::1', '0.0.0.0/0'],
    ['2001:db8:8000::1', '2001:db8::/33'],
    ['not an address', '0.0.0.0/0'],
    ['10.1.2.3', 'nonsense'],
    ['10.1.2.3', '10.0.0.0/33'],
  ])('%s does not lie in %s', (ip, cidr) => {
    expect(matchesCidr(ip, cidr)).toBe(false);
  });

  it('can be told from what is none', () => {
    expect(['10.0.0.0/8', '::1', '1.2.3.4'].map(isCidr)).toEqual([true, true, true]);
    expect(['10.0.0/8', '::1/129', '1.2.3.4/', '::ffff:1.2.3.4/x', 'dead'].map(isCidr)).toEqual(
      new Array(5).fill(false),
    );
  });
});

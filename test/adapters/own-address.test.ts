import { hostname, networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isOwnAddress } from '../../src-main/adapters/own-address.ts';

/** As a channel's address is asked about: what the URL parser makes of it. */
const hostOf = (host: string): string => new URL(`http://${host}/`).hostname;

describe("this computer's own address", () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '127.0.0.1.',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:7f00:1]',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '[::ffff:0:0]',
    '[::127.0.0.1]',
    '[::ffff:0:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[64:ff9b:1:7f00:0:100::]',
    '[2002:7f00:1::]',
    'localhost',
    'localhost.',
    'LOCALHOST',
    'gateway.localhost',
    hostname(),
  ])('is %s', (host) => expect(isOwnAddress(hostOf(host))).toBe(true));

  it('is that of each of its interfaces, in every spelling', () => {
    const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
    expect(addresses.length).toBeGreaterThan(0);
    for (const { address, family } of addresses) {
      const spelled =
        family === 'IPv4'
          ? [address, `::ffff:${address}`, `64:ff9b::${address}`]
          : [address, `${address}%eth0`];
      for (const spelling of spelled) expect(isOwnAddress(spelling), spelling).toBe(true);
    }
  });

  it.each(['192.0.2.1', '[2001:db8::1]', '[::ffff:192.0.2.1]', 'example.com', 'localhost.example.com', ''])(
    'is not %s',
    (host) => expect(isOwnAddress(host)).toBe(false),
  );
});

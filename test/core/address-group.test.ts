import { expect, it } from 'vitest';
import { addressGroup } from '../../src-main/core/address-group.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
  ['fe80::1%eth0', 'fe80::2%eth1'],
])('%s counts as one with %s', (one, other) => {
  expect(addressGroup(one)).toBe(addressGroup(other));
});

it.each([
  ['192.0.2.7', '192.0.2.8'],
  ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ['', '192.0.2.7'],
])('%s does not count as one with %s', (one, other) => {
  expect(addressGroup(one)).not.toBe(addressGroup(other));
});

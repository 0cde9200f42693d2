import { createServer } from 'node:http';
import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { bind, unbind, urlsOf } from '../../src-main/adapters/bind.ts';

const common = { netmask: '', mac: '00:00:00:00:00:00', cidr: null };
const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...common,
  family: 'IPv4',
  address,
  internal,
});
const v6 = (address: string, scopeid: number, internal = false): NetworkInterfaceInfo => ({
  ...common,
  family: 'IPv6',
  address,
  internal,
  scopeid,
});
const INTERFACES = {
  eth0: [v4('192.0.2.7'), v6('fe80::7', 2), v6('2001:db8::7', 0)],
  lo: [v4('127.0.0.1', true), v6('::1', 0, true)],
};

test('a listener at every address is told by each of its family, loopback first', () => {
  const at = (address: string, secure: boolean) =>
    urlsOf({ addresses: [address], port: 8001 }, secure, INTERFACES);
  expect(at('0.0.0.0', false)).toEqual(['http://127.0.0.1:8001', 'http://192.0.2.7:8001']);
  expect(at('::', true)).toEqual(['https://[::1]:8001', 'https://[2001:db8::7]:8001']);
  expect(at('192.0.2.7', true)).toEqual(['https://192.0.2.7:8001']);
});

test('a listener at localhost is told by the loopback addresses it got', async () => {
  const bound = await bind(() => createServer((_, response) => response.end()), 'localhost', 0);
  const urls = urlsOf(bound, false);
  expect(urls[0]).toBe(`http://127.0.0.1:${bound.port}`);
  expect(urls).toHaveLength(bound.servers.length);
  for (const url of urls) expect((await fetch(url)).status).toBe(200);
  await unbind(bound, true);
});

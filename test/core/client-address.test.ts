import { describe, expect, it } from 'vitest';
import {
  clientAddress,
  isFromThisComputer,
  isLocalHost,
  isLoopbackAddress,
} from '../../src-main/core/client-address.ts';
import { readHead } from '../../src-main/core/request-head.ts';

describe('this computer', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['::FFFF:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['0:0:0:0:0:ffff:7f01:203', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::1%lo', true],
    ['::ffff:a00:1', false],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['127.0.0.1.evil', false],
    ['', false],
  ])('has the address %s: %s', (address, own) => expect(isLoopbackAddress(address)).toBe(own));

  it.each([
    ['localhost', true],
    ['LOCALHOST:8001', true],
    ['127.0.0.1:8001', true],
    ['[::1]:8001', true],
    ['localhost.', true],
    ['[::ffff:127.0.0.1]:8001', true],
    ['[0:0::1]', true],
    ['127.0.0.1.evil.test', false],
    ['localhost.evil.test', false],
    ['evil.test:8001', false],
    ['localhost:8001@evil', false],
    ['', false],
  ])('is called %s: %s', (host, local) => expect(isLocalHost(host)).toBe(local));

  it.each([
    ['127.0.0.1', ['host', 'localhost'], true],
    ['127.0.0.1', [], false],
    ['127.0.0.1', ['host', 'gateway.test'], false],
    ['127.0.0.1', ['host', 'localhost', 'forwarded', 'for=x'], false],
    ['127.0.0.1', ['host', 'localhost', 'x-forwarded-proto', 'https'], false],
    ['10.0.0.1', ['host', 'localhost'], false],
  ])('asked, where the peer is %s and the headers are %j: %s', (peer, headers, here) => {
    expect(isFromThisComputer(peer, readHead(headers))).toBe(here);
  });
});

describe('who asked', () => {
  const asked = (peer: string, forwardedFor: string | null, trusted?: string[]) =>
    clientAddress(peer, readHead(forwardedFor === null ? [] : ['x-forwarded-for', forwardedFor]), trusted);

  it.each([
    ['the peer', '10.0.0.1', null, undefined, '10.0.0.1'],
    ['the peer, in plain spelling', '::ffff:10.0.0.1', null, undefined, '10.0.0.1'],
    ['the peer, in plain spelling of hexadecimal digits', '::ffff:a00:1', null, undefined, '10.0.0.1'],
    [
      'whom a proxy trusted in another spelling names',
      '::ffff:a00:1',
      '::ffff:c000:201',
      ['::ffff:10.0.0.0/104'],
      '192.0.2.1',
    ],
    ['whom a proxy names with a port', '10.0.0.1', '192.0.2.1:4711', ['10.0.0.0/8'], '192.0.2.1'],
    ['the peer, where nobody is trusted', '10.0.0.1', '192.0.2.1', undefined, '10.0.0.1'],
    ['the peer, where it is not the trusted one', '10.0.0.1', '192.0.2.1', ['10.0.0.2/32'], '10.0.0.1'],
    ['whom a trusted proxy names', '10.0.0.1', '192.0.2.1', ['10.0.0.0/8'], '192.0.2.1'],
    [
      'the last one that is not trusted itself',
      '10.0.0.1',
      '6.6.6.6, 192.0.2.1, 10.0.0.9',
      ['10.0.0.0/8'],
      '192.0.2.1',
    ],
    ['the first one, where all are trusted', '10.0.0.1', '10.0.0.8, 10.0.0.9', ['10.0.0.0/8'], '10.0.0.8'],
    ['the proxy, where it names nobody', '10.0.0.1', null, ['10.0.0.0/8'], '10.0.0.1'],
    ['an IPv6 address with a port', '10.0.0.1', '[2001:db8::1]:4711', ['10.0.0.0/8'], '2001:db8::1'],
  ])('is %s', (_, peer, forwardedFor, trusted, expected) => {
    expect(asked(peer, forwardedFor, trusted)).toBe(expected);
  });
});

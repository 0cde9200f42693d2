import { describe, expect, it } from 'vitest';
import { checkAddress, checkBaseUrl } from '../../src-main/core/network-policy.ts';

const METADATA = [
  '169.254.169.254',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '::169.254.169.254',
  '::ffff:0:a9fe:a9fe',
  // RFC 6052: behind 96, 64, 56 and 48 bits of the prefix for local use, going around byte 8.
  '64:ff9b:1:0:a9:fea9:fe00::',
  '64:ff9b:1:a9:fe:a9fe::',
  '64:ff9b:1:a9fe:a9:fe00::',
  '64:ff9b:1:a9fe:a9:fe00:1234:5678',
  // Teredo: the server, and the client inverted.
  '2001:0:a9fe:a9fe::1',
  '2001:0:808:808:0:0:5601:5601',
  // ISATAP, with the two low bits as they may be.
  '2606:4700::5efe:a9fe:a9fe',
  '2606:4700::200:5efe:169.254.169.254',
];

const NEVER = [
  ['169.254.7.7', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['febf::1', 'link-local'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['::ffff:0.0.0.0', 'unspecified'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['ff02::1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['240.0.0.1', 'reserved'],
];

const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  '::ffff:127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.127.255.255',
  'fc00::1',
  'fd12:3456::1',
  '64:ff9b::10.0.0.1',
  '2002:c0a8:0101::1',
  '::ffff:0:7f00:1',
  '64:ff9b:1::192.168.1.1',
  '2606:4700::5efe:10.0.0.1',
];

const PUBLIC = [
  '8.8.8.8',
  '198.18.0.1',
  '198.19.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:0808:0808::1',
  '::ffff:0:808:808',
  '64:ff9b:1::8.8.8.8',
  '2606:4700::5efe:8.8.8.8',
  'fbff::1',
];

describe('the addresses a platform may live at', () => {
  it.each(METADATA)('never allows the metadata address %s, whatever the channel says', (ip) => {
    expect(checkAddress(ip, true)).toMatch(/metadata address, which is never allowed/);
    expect(checkAddress(ip, false)).toMatch(/never/);
  });

  it.each(NEVER)('never allows %s (%s)', (ip, what) => {
    expect(checkAddress(ip, true)).toContain(what);
    expect(checkAddress(ip, false)).toContain(what);
  });

  it.each(PRIVATE)('allows the private address %s only where the channel says allow_private', (ip) => {
    expect(checkAddress(ip, true)).toBeNull();
    expect(checkAddress(ip, false)).toContain('allow_private');
  });

  it.each(PUBLIC)('counts %s as public', (ip) => {
    expect(checkAddress(ip, false)).toBeNull();
  });

  it.each(['', 'example.com', '1.2.3', '1.2.3.4.5', '010.0.0.1', '1::2::3'])(
    'refuses %j, which is no address',
    (ip) => {
      expect(checkAddress(ip, true)).toContain('is not an address');
    },
  );
});

describe('the base URL of a channel', () => {
  it.each([
    'https://api.example.com',
    'http://api.example.com:8080/v1',
    'wss://api.example.com/realtime',
    'ws://api.example.com',
    'https://198.18.3.4/v1',
    'https://[2606:4700::1111]/',
  ])('may be %s', (url) => {
    expect(checkBaseUrl(url, false)).toBeNull();
  });

  it.each([
    ['https://user:secret@api.example.com', 'credentials'],
    ['https://user@api.example.com', 'credentials'],
    ['file:///etc/passwd', 'not file:'],
    ['ftp://api.example.com', 'not ftp:'],
    ['javascript:alert(1)', 'not javascript:'],
    ['api.example.com', 'not a URL'],
    ['https://', 'not a URL'],
    ['http://169.254.169.254/latest', 'metadata'],
    ['http://[::ffff:169.254.169.254]/', 'metadata'],
    ['http://100.100.100.200/', 'metadata'],
    ['http://[fd00:ec2::254]/', 'metadata'],
    ['http://0251.0376.0251.0376/', 'metadata'],
    ['http://2852039166/', 'metadata'],
    ['http://0xa9fea9fe/', 'metadata'],
    ['http://0xa9.254.0251.254/', 'metadata'],
    ['http://169.254.43518/', 'metadata'],
    ['http://169.254.169.254./', 'metadata'],
    ['http://METADATA.google.internal/', 'metadata'],
    ['http://metadata.google.internal./', 'metadata'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://0/', 'unspecified'],
  ])('is refused even with allow_private: %s', (url, reason) => {
    expect(checkBaseUrl(url, true)).toContain(reason);
  });

  it.each([
    'http://localhost:11434',
    'http://LOCALHOST.',
    'http://ai.localhost',
    'http://127.1',
    'http://0x7f000001',
    'http://[::1]:9',
    'http://192.168.0.9',
  ])('needs allow_private: %s', (url) => {
    expect(checkBaseUrl(url, false)).toContain('allow_private');
    expect(checkBaseUrl(url, true)).toBeNull();
  });
});

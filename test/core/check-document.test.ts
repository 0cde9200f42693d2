import { describe, expect, it } from 'vitest';
import { platformFacts } from '../../src-main/adapters/document/platform-facts.ts';
import { type Channel, type Document, emptyDocument } from '../../src-main/contract/document.ts';
import { checkDocument, documentErrors } from '../../src-main/core/check-document.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';

const rules = platformFacts(PLATFORMS);

function issuesOf(document: Partial<Document>): string[] {
  return checkDocument({ ...emptyDocument(), ...document }, rules).map(
    ({ path, severity, message }) => `${severity} ${path.join('.')}: ${message}`,
  );
}

function channelIssues(channel: Partial<Channel>): string[] {
  return issuesOf({ channels: { c: { platform: 'openai', ...channel } } });
}

const CHANNEL_CASES: readonly (readonly [Partial<Channel>, string])[] = [
  [{ platform: 'opnai' }, 'error channels.c.platform: unknown platform "opnai" (did you mean "openai"?)'],
  [{ platform: 'zzzzzzz' }, 'error channels.c.platform: unknown platform "zzzzzzz"'],
  [{ platform: 'openai_compatible' }, 'error channels.c: base_url is missing'],
  [{ base_url: 'https://u:p@x.test' }, 'error channels.c.base_url: base_url: must not contain credentials'],
  [{ base_url: 'file:///x' }, 'error channels.c.base_url: base_url: must begin with'],
  [
    { base_url: 'http://169.254.169.254', allow_private: true },
    'error channels.c.base_url: base_url: 169.254.169.254',
  ],
  [{ base_url: 'http://127.0.0.1:1' }, 'needs allow_private: true'],
  [{ platform: 'ollama', allow_private: false, base_url: 'http://[::1]:1' }, 'needs allow_private: true'],
  [{ websocket_url: 'wss://10.0.0.1' }, 'error channels.c.websocket_url: websocket_url: 10.0.0.1'],
  [{ host: 'a/b' }, 'error channels.c.host: host "a/b" is not a host name'],
  [{ headers: { 'a b': 'x' } }, 'error channels.c.headers.a b: "a b" is not a header name'],
  [{ headers: { a: 'x\r\nb: c' } }, 'error channels.c.headers.a: the value of header "a" cannot be sent'],
  [{ headers: { Host: 'x' } }, 'header "Host" is set by AIProxy itself; use "host"'],
  [{ headers: { 'Transfer-Encoding': 'x' } }, 'is set by AIProxy itself'],
  [{ model_map: { '': 'x' } }, 'error channels.c.model_map.: model_map: a model name is empty'],
  [{ model_map: { a: 'b-*' } }, 'error channels.c.model_map.a: model_map: "b-*" is no model'],
  [{ model_map: { a: 'a' } }, 'warning channels.c.model_map.a: model_map: "a" is mapped to itself'],
  [{ outbound_proxy: 'socks5://x' }, 'error channels.c.outbound_proxy: outbound_proxy must be an http'],
];

describe('a channel', () => {
  it.each(CHANNEL_CASES)('%j is told as %s', (channel, expected) => {
    expect(channelIssues(channel)).toEqual([expect.stringContaining(expected)]);
  });

  it.each<Partial<Channel>>([
    {},
    { base_url: 'env:BASE_URL' },
    { base_url: 'http://127.0.0.1:1', allow_private: true },
    { platform: 'ollama', base_url: 'http://127.0.0.1:11434' },
    { base_url: 'https://198.18.0.1' },
    { headers: { 'x-team': 'a' }, model_map: { a: 'b' }, host: 'api.x.test:8443' },
    { outbound_proxy: 'http://proxy.x.test:3128' },
    { outbound_proxy: 'env:PROXY' },
  ])('%j is fine', (channel) => {
    expect(channelIssues(channel)).toEqual([]);
  });

  it('may not point at AIProxy itself', () => {
    const isSelf = (hostname: string, port: number) =>
      hostname === 'gateway.test' && [80, 8001].includes(port);
    const errors = (base_url: string) =>
      documentErrors(
        { ...emptyDocument(), channels: { c: { platform: 'openai', base_url } } },
        { ...rules, isSelf },
      );
    expect(errors('http://gateway.test:8001/v1')).toMatchObject([
      { message: 'base_url points at AIProxy itself' },
    ]);
    expect(errors('http://gateway.test')).toHaveLength(1);
    expect(errors('https://gateway.test')).toEqual([]);
  });
});

const DOCUMENT_CASES: readonly (readonly [Partial<Document>, string])[] = [
  [{ users: { u: { channels: ['x'] } } }, 'users.u.channels.0: unknown channel "x"'],
  [{ users: { u: { group: 'x' } } }, 'users.u.group: unknown group "x"'],
  [
    { users: { u: { ip_allowlist: ['1.2.3.4/40'] } } },
    'users.u.ip_allowlist.0: "1.2.3.4/40" is not an address',
  ],
  [{ groups: { g: { channels: ['x'] } } }, 'groups.g.channels.0: unknown channel "x"'],
  [{ proxy_keys: { k: { key: 'p', user: 'x' } } }, 'proxy_keys.k.user: unknown user "x"'],
  [{ system: { anonymous_user: 'x' } }, 'system.anonymous_user: unknown user "x"'],
  [{ system: { time_zone: 'Mars/Base' } }, 'system.time_zone: unknown time zone "Mars/Base"'],
  [{ system: { trusted_proxies: ['1.2.3'] } }, 'system.trusted_proxies.0: "1.2.3" is not an address'],
  [{ system: { internal_allow: { metrics: ['zz'] } } }, 'system.internal_allow.metrics.0: "zz" is not'],
];

describe('a document', () => {
  it.each(DOCUMENT_CASES)('%j is told as %s', (document, expected) => {
    expect(issuesOf(document)).toEqual([expect.stringContaining(`error ${expected}`)]);
  });

  it('suggests the name that was probably meant', () => {
    const channels = { aliyun: { platform: 'dashscope' } };
    expect(issuesOf({ channels, users: { u: { channels: ['aliyn'] } } })).toEqual([
      expect.stringContaining('unknown channel "aliyn" (did you mean "aliyun"?)'),
    ]);
  });

  it('may not list a channel twice, for a user or a key', () => {
    const channels = { c: { platform: 'openai' } };
    const key = { key: 'p', user: 'u', channels: [{ id: 'c' }, { id: 'c', priority: 2 }] };
    expect(issuesOf({ channels, users: { u: { channels: ['c', 'c'] } }, proxy_keys: { k: key } })).toEqual([
      'error users.u.channels.1: channel "c" is listed twice',
      'error proxy_keys.k.channels.1.id: channel "c" is listed twice',
    ]);
  });

  it('may hold a Proxy-Key once, also among those that were replaced, and never as a channel key', () => {
    const users = { u: {} };
    const previous = [{ key: 'one', expires_at: '2030-01-01T00:00:00Z' }];
    const channels = { c: { platform: 'openai', api_key: 'secret', api_keys: ['second'] } };
    const proxy_keys = {
      a: { key: 'one', user: 'u' },
      b: { key: 'two', user: 'u', previous },
      c: { key: 'second', user: 'u' },
    };
    expect(issuesOf({ users, channels, proxy_keys })).toEqual([
      'error proxy_keys.b.previous.0.key: the same Proxy-Key already stands in proxy_keys "a"',
      'error proxy_keys.c.key: this Proxy-Key is also an API key of channel "c"',
    ]);
  });

  it('is not told the keys themselves', () => {
    const proxy_keys = { a: { key: 'my-secret', user: 'u' }, b: { key: 'my-secret', user: 'u' } };
    expect(issuesOf({ users: { u: {} }, proxy_keys }).join()).not.toContain('my-secret');
  });

  it('is warned about keys it does not know, at every level, but for those that begin with _', () => {
    const document = JSON.parse(`{
      "users": {"u": {"limts": {}, "limits": {"quotas": [], "quota": [{"per": "day", "request": 1}]}, "_x": 1}},
      "channels": {"c": {"platform": "openai", "settings": {"anything": 1}, "health": {"any": 1}}},
      "system": {"proxy": {"prot": 1}}, "prices": {"m": {"any": 1}}
    }`);
    expect(issuesOf(document).filter((line) => line.startsWith('warning'))).toEqual([
      'warning users.u.limts: unknown member "limts" (did you mean "limits"?)',
      'warning users.u.limits.quotas: unknown member "quotas" (did you mean "quota"?)',
      'warning users.u.limits.quota.0.request: unknown member "request" (did you mean "requests"?)',
      'warning system.proxy.prot: unknown member "prot" (did you mean "port"?)',
      'warning prices.m.any: unknown member "any"',
    ]);
  });
});

describe('checking a change to a document that was valid', () => {
  const before: Document = {
    ...emptyDocument(),
    channels: { c: { platform: 'openai' } },
    users: { u: { channels: ['c'] }, v: {} },
    proxy_keys: { k: { key: 'p', user: 'u' } },
  };
  const changes: readonly (readonly [string, Document, number])[] = [
    ['nothing', before, 0],
    ['a user that is added', { ...before, users: { ...before.users, w: { channels: ['x'] } } }, 1],
    ['a channel that goes', { ...before, channels: {} }, 1],
    ['a user that goes', { ...before, users: { v: {} } }, 1],
    [
      'a key that is added',
      { ...before, proxy_keys: { ...before.proxy_keys, l: { key: 'p', user: 'v' } } },
      1,
    ],
    [
      'a channel that takes a key over',
      { ...before, channels: { c: { platform: 'openai', api_key: 'p' } } },
      1,
    ],
  ];

  it.each(changes)('finds as much as checking the whole: %s', (_what, after, expected) => {
    expect(documentErrors(after, rules, before)).toEqual(documentErrors(after, rules));
    expect(documentErrors(after, rules, before)).toHaveLength(expected);
  });
});

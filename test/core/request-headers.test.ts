import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { readHead } from '../../src-main/core/request-head.ts';
import { connectionTokens, type HeaderRules, requestHeaders } from '../../src-main/core/request-headers.ts';
import { snapshotOf } from './snapshot-of.ts';

const KEY: readonly [string, string] = ['authorization', 'Bearer channel'];

/** The client's headers as the platform gets them, without what is always there. */
function sent(
  raw: readonly string[],
  members: Partial<Channel> = {},
  rules: Partial<HeaderRules> = {},
): string[] {
  const { channels } = snapshotOf({
    channels: { c: { platform: 'openai', base_url: 'https://x.test:8443/v1', ...members } },
  });
  const channel = channels.get('c');
  if (channel === undefined) throw new Error('the channel is not there');
  const whole = {
    channel,
    credential: KEY,
    hops: 1,
    identity: false,
    sought: null,
    contentLength: null,
    ...rules,
  };
  return requestHeaders(raw, readHead(raw), whole);
}

describe('the headers for the platform', () => {
  it("begin with the channel's host and end with its credential", () => {
    expect(sent([])).toEqual(['host', 'x.test:8443', 'x-aiproxy-hops', '1', ...KEY]);
    expect(sent([], { host: 'other.test' })[1]).toBe('other.test');
  });

  it('have no credential for a channel without a key', () => {
    expect(sent(['Authorization', 'Bearer pk'], {}, { credential: null })).not.toContain('Bearer pk');
  });

  it.each([
    'Authorization',
    'x-api-key',
    'API-KEY',
    'x-goog-api-key',
    'Host',
    'Connection',
    'Keep-Alive',
    'TE',
    'Trailer',
    'Expect',
    'Upgrade',
    'Transfer-Encoding',
    'Content-Length',
    'Forwarded',
    'X-Forwarded-For',
    'x-aiproxy-channel',
    'x-aiproxy-hops',
  ])('never have what was for us: %s', (name) => expect(sent([name, 'planted'])).not.toContain('planted'));

  it('keep everything else in its spelling and order, twice where it is there twice', () => {
    const raw = ['X-B', '1', 'content-type', 'a/b', 'X-A', '2', 'X-B', '3', 'Origin', 'https://x'];
    expect(sent(raw).slice(2, 2 + raw.length)).toEqual(raw);
  });

  it('lack what Connection names', () => {
    const raw = ['Connection', 'Authorization , X-Foo', 'x-foo', 'gone', 'X-Bar', 'stays'];
    expect(sent(raw)).toEqual(['host', 'x.test:8443', 'X-Bar', 'stays', 'x-aiproxy-hops', '1', ...KEY]);
  });

  it("have the admin's in place of the client's", () => {
    const headers = { 'X-Team': 'ours', Host: 'admins.test' };
    const list = sent(['x-team', 'theirs', 'X-TEAM', 'theirs too'], { headers });
    expect(list.filter((text) => text.startsWith('theirs'))).toEqual([]);
    expect(list).toEqual(expect.arrayContaining(['x-team', 'ours']));
    expect(list.slice(0, 2)).toEqual(['host', 'admins.test']);
    expect(list.filter((text) => text === 'host')).toHaveLength(1);
  });

  it("have the admin's credential where one is set, and then no second one", () => {
    const list = sent([], { headers: { Authorization: 'Custom scheme' } });
    expect(list.filter((text) => text === 'authorization')).toHaveLength(1);
    expect(list).toContain('Custom scheme');
  });

  it('ask for an answer that is not coded where usage is to be read', () => {
    const raw = ['Accept-Encoding', 'gzip, br'];
    expect(sent(raw)).toContain('gzip, br');
    expect(sent(raw, {}, { identity: true })).toEqual(
      expect.arrayContaining(['accept-encoding', 'identity']),
    );
    expect(sent(raw, {}, { identity: true })).not.toContain('gzip, br');
  });

  it('declare the length of a body that is streamed, also one of nothing', () => {
    expect(sent([], {}, { contentLength: 0 })).toEqual(expect.arrayContaining(['content-length', '0']));
    expect(sent([])).not.toContain('content-length');
  });

  it('keep the subprotocols that are no key', () => {
    const keyed = 'realtime, openai-insecure-api-key.pk,  v1';
    expect(sent(['Sec-WebSocket-Protocol', keyed])).toEqual(
      expect.arrayContaining(['sec-websocket-protocol', 'realtime, v1']),
    );
    expect(sent(['Sec-WebSocket-Protocol', 'openai-insecure-api-key.pk'])).not.toContain(
      'sec-websocket-protocol',
    );
  });
});

describe('the names in Connection', () => {
  it.each([
    [null, null],
    ['keep-alive', null],
    ['close', null],
    ['X-A', ['x-a']],
    ['Keep-Alive, X-A ,x-b', ['keep-alive', 'x-a', 'x-b']],
  ])('of %j', (value, names) => {
    expect(connectionTokens(value)).toEqual(names === null ? null : new Set(names));
  });
});

import { describe, expect, it } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { aChannel, aKey, aUser } from '../support/document-fixtures.ts';
import { holderOf, snapshotOf } from './snapshot-of.ts';

const CHANNELS: Document['channels'] = {
  a: aChannel('openai', 'https://a.test', 'key-a'),
  b: aChannel('anthropic', 'https://b.test', 'key-b'),
  c: aChannel('aiproxy', 'https://c.test', 'key-c'),
};

const idsOf = (sections: Partial<Document>, key = 'pk'): string[] =>
  holderOf(snapshotOf({ channels: CHANNELS, ...sections }), key).candidates.all.map(
    ({ channel }) => channel.id,
  );

describe('the channels of a key', () => {
  it.each([
    ['all of them', { channels: '*' as const }, undefined, undefined, ['a', 'b', 'c']],
    ["the user's", { channels: ['b'] }, undefined, undefined, ['b']],
    ["the user's and the group's", { channels: ['b'], group: 'g' }, ['c', 'b'], undefined, ['b', 'c']],
    [
      'all, where the group has all',
      { channels: ['b'], group: 'g' },
      '*' as const,
      undefined,
      ['a', 'b', 'c'],
    ],
    ["the group's, where the user has none", { channels: [], group: 'g' }, ['a'], undefined, ['a']],
    ["the key's part of them", { channels: ['a', 'b'] }, undefined, ['b', 'c'], ['b']],
    ["the key's part of all", { channels: '*' as const }, undefined, ['c', 'a'], ['c', 'a']],
    ['none, where the key lists none', { channels: '*' as const }, undefined, [], []],
    ['none, where nobody gave any', { channels: [] }, undefined, undefined, []],
    ['those that exist', { channels: ['a', 'gone'] }, undefined, undefined, ['a']],
  ] as const)('are %s', (_, user, shared, own, expected) => {
    const members = own === undefined ? {} : { channels: own.map((id) => ({ id })) };
    const channels = user.channels === '*' ? '*' : [...user.channels];
    const sections = {
      users: { u: aUser({ ...user, channels }) },
      groups: shared === undefined ? {} : { g: { channels: shared === '*' ? '*' : [...shared] } },
      proxy_keys: { k: aKey('u', 'pk', members) },
    } satisfies Partial<Document>;
    expect(idsOf(sections)).toEqual(expected);
  });

  it('are none where the user lists nothing at all', () => {
    expect(idsOf({ users: { u: { status: 'active' } }, proxy_keys: { k: aKey('u', 'pk') } })).toEqual([]);
  });

  it('are one list for equal permissions, so that many keys stay small', () => {
    const snapshot = snapshotOf({
      channels: CHANNELS,
      users: { u: aUser(), v: aUser() },
      proxy_keys: { k: aKey('u', 'pk-1'), l: aKey('v', 'pk-2') },
    });
    expect(holderOf(snapshot, 'pk-1').candidates).toBe(holderOf(snapshot, 'pk-2').candidates);
  });
});

describe('who holds a key', () => {
  const user = aUser({ status: 'disabled', ip_allowlist: ['10.0.0.0/8'], failover: true });
  const expiring = { status: 'disabled' as const, expires_at: '2030-01-01T00:00:00Z', models: ['gpt-*'] };

  it('is known with everything the gate asks for', () => {
    const identity = holderOf(
      snapshotOf({ users: { u: user }, proxy_keys: { k: aKey('u', 'pk', expiring) } }),
      'pk',
    );
    expect(identity).toMatchObject({
      user: 'u',
      keyId: 'k',
      userActive: false,
      keyActive: false,
      failover: true,
    });
    expect(identity).toMatchObject({
      expiresAtMs: Date.UTC(2030, 0),
      ipAllowlist: ['10.0.0.0/8'],
      loopbackOnly: false,
    });
    expect([identity.models?.('gpt-4'), identity.models?.('qwen')]).toEqual([true, false]);
  });

  it('is known by a rotated key too, until its time or that of the key', () => {
    const previous = [
      { key: 'pk-older', expires_at: '2029-01-01T00:00:00Z' },
      { key: 'pk-later', expires_at: '2031-01-01T00:00:00Z' },
    ];
    const snapshot = snapshotOf({
      users: { u: aUser() },
      proxy_keys: { k: aKey('u', 'pk', { ...expiring, previous }) },
    });
    expect(holderOf(snapshot, 'pk-older')).toMatchObject({ keyId: 'k', expiresAtMs: Date.UTC(2029, 0) });
    expect(holderOf(snapshot, 'pk-later').expiresAtMs).toBe(Date.UTC(2030, 0));
  });

  it.each([
    ['key', true, { failover: false }, undefined, false],
    ['user', true, {}, undefined, true],
    ['group', undefined, {}, true, true],
    ['nobody', undefined, {}, undefined, false],
  ])('has failover by the nearest who says so: %s', (_, own, key, group, expected) => {
    const member = own === undefined ? { group: 'g' } : { group: 'g', failover: own };
    const groups = { g: group === undefined ? {} : { failover: group } };
    const snapshot = snapshotOf({
      users: { u: aUser(member) },
      groups,
      proxy_keys: { k: aKey('u', 'pk', key) },
    });
    expect(holderOf(snapshot, 'pk').failover).toBe(expected);
  });

  it('is nobody where the user is gone', () => {
    expect(snapshotOf({ proxy_keys: { k: aKey('gone', 'pk') } }).keys.size).toBe(0);
  });
});

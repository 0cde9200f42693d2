import { describe, expect, it } from 'vitest';
import type { System } from '../../src-main/contract/document.ts';
import { aChannel, aKey, aUser } from '../support/document-fixtures.ts';
import { holderOf, snapshotOf } from './snapshot-of.ts';

describe('a secret that is a reference', () => {
  const sections = {
    users: { u: aUser() },
    proxy_keys: { k: aKey('u', 'env:PROXY_KEY') },
    channels: { a: aChannel('openai', 'env:ADDRESS', 'env:API_KEY') },
  };

  it('is looked up in the environment', () => {
    const snapshot = snapshotOf(sections, {
      PROXY_KEY: 'pk-env',
      API_KEY: 'key-env',
      ADDRESS: 'https://env.test/x/',
    });
    expect(holderOf(snapshot, 'pk-env').user).toBe('u');
    expect(snapshot.channelKeys).toEqual(new Set(['key-env']));
    expect(snapshot.channels.get('a')).toMatchObject({
      fault: null,
      base: { origin: 'https://env.test', prefix: '/x' },
    });
    expect(snapshot.warnings).toEqual([]);
  });

  it('opens nothing and is warned about where it is not set', () => {
    const snapshot = snapshotOf(sections, { API_KEY: '' });
    expect([...snapshot.keys.keys(), ...snapshot.channelKeys]).toEqual([]);
    expect(snapshot.channels.get('a')?.fault).toContain('env:ADDRESS is not set');
    expect(snapshot.warnings).toHaveLength(2);
  });
});

describe('a channel that cannot be used', () => {
  it.each([
    ['no address', { platform: 'openai_compatible', api_key: 'k' }, 'no base_url'],
    ['an address that is none', { platform: 'openai', base_url: 'not a url', api_key: 'k' }, 'no URL'],
    ['an outbound proxy', { platform: 'openai', api_key: 'k', outbound_proxy: 'http://p' }, 'outbound_proxy'],
    ['a key that is not set', { platform: 'openai', api_key: 'env:X' }, 'not set'],
  ])('has a fault that is warned about: %s', (_, channel, reason) => {
    const { channels, warnings } = snapshotOf({ channels: { a: channel } });
    expect(channels.get('a')?.fault).toContain(reason);
    expect(warnings.join()).toContain(reason);
  });

  it('is silent about one that is disabled, and leaves out one of an unknown platform', () => {
    const { channels, warnings } = snapshotOf({
      channels: {
        a: { platform: 'openai', api_key: 'env:X', status: 'disabled' },
        b: { platform: 'nobody' },
      },
    });
    expect([...channels.keys()]).toEqual(['a']);
    expect(warnings).toEqual(['channel b: unknown platform nobody']);
  });

  it('needs only one of its keys to be set', () => {
    const channel = { platform: 'openai', api_keys: ['env:X', 'key-2', 'key-3'] };
    const { channels } = snapshotOf({ channels: { a: channel } });
    expect(channels.get('a')).toMatchObject({
      fault: null,
      keys: [{ secret: 'key-2' }, { secret: 'key-3' }],
    });
  });
});

describe('the key of a central key service', () => {
  const channels = {
    c: aChannel('aiproxy', 'https://c.test', 'pk-central'),
    a: aChannel('openai', 'https://a.test', 'key-a'),
  };

  it('is the user me, for that channel alone and from this computer alone', () => {
    const identity = holderOf(snapshotOf({ users: { me: aUser() }, channels }), 'pk-central');
    expect(identity).toMatchObject({ user: 'me', keyId: null, loopbackOnly: true });
    expect(identity.candidates.all.map(({ channel }) => channel.id)).toEqual(['c']);
  });

  it('is nobody without that user, and no other platform has such a key', () => {
    expect(snapshotOf({ channels }).keys.size).toBe(0);
    expect(snapshotOf({ users: { me: aUser() }, channels }).keys.has('key-a')).toBe(false);
  });
});

describe('what pages may use the gateway', () => {
  const originsOf = (system: System) => snapshotOf({ users: { u: aUser() }, system }).corsOrigins;

  it.each([
    ['any, by default', {}, '*'],
    ['none, while anonymous access is on', { anonymous_user: 'u' }, new Set()],
    ['any, where that is said', { anonymous_user: 'u', cors_origins: '*' as const }, '*'],
    ['any, where it is in the list', { cors_origins: ['https://x.test', '*'] }, '*'],
    ['those in the list', { cors_origins: ['https://x.test'] }, new Set(['https://x.test'])],
    ["the listener's own list first", { cors_origins: '*' as const, proxy: { cors_origins: [] } }, new Set()],
  ] as const)('%s', (_, system, expected) => {
    expect(originsOf(structuredClone(system) as System)).toEqual(expected);
  });

  it('has an anonymous user only where that one exists', () => {
    expect(snapshotOf({ system: { anonymous_user: 'gone' } }).anonymous).toBeNull();
    const { anonymous } = snapshotOf({ users: { u: aUser() }, system: { anonymous_user: 'u' } });
    expect(anonymous).toMatchObject({ user: 'u', keyId: null });
  });
});

describe('the secrets to be masked', () => {
  it('include the passwords in addresses, as they are written and as they are meant', () => {
    const { secrets } = snapshotOf(
      {
        channels: {
          a: aChannel('openai', 'https://env.test', 'key-a', {
            outbound_proxy: 'http://me:p%40ss-word@proxy.test',
          }),
          b: aChannel('openai', 'https://env.test', 'key-b', { outbound_proxy: 'env:PROXY' }),
          c: aChannel('openai', 'https://env.test', 'key-c', { outbound_proxy: 'no address' }),
        },
      },
      { PROXY: 'http://me:from-the-environment@proxy.test' },
    );
    expect([...secrets]).toEqual(
      expect.arrayContaining(['p%40ss-word', 'p@ss-word', 'from-the-environment', 'key-a']),
    );
    expect(secrets).not.toContain('');
  });
});

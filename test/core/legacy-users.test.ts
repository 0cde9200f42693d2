import { describe, expect, it } from 'vitest';
import { imported, USER } from '../support/imported-legacy.ts';

describe('a user of the older files', () => {
  it('becomes a user and its one key', () => {
    const { document, messages, invalid } = imported({ 'x.yaml': { users: { user1: USER } } });
    expect(document.users.user1).toEqual({
      name: '张三',
      department: '技术部',
      status: 'active',
      channels: ['aliyun'],
    });
    expect(document.proxy_keys).toEqual({ key_user1: { key: 'pk_user1_xxx', user: 'user1' } });
    expect([...messages, ...invalid]).toEqual([]);
  });

  it('gives the key what is written about it: failover, models, expiry, limits, quota', () => {
    const about = {
      failover: true,
      models: ['gpt-*'],
      expires_at: '2030-01-31 08:00',
      limits: { concurrency: 2 },
    };
    const { document } = imported({ 'x.yaml': { users: { u: { ...USER, ...about, quota_limit: 50 } } } });
    expect(document.proxy_keys.key_u).toEqual({
      key: 'pk_user1_xxx',
      user: 'u',
      failover: true,
      models: ['gpt-*'],
      expires_at: '2030-01-31T08:00:00Z',
      limits: { concurrency: 2, quota: [{ per: 'day', requests: 50 }] },
    });
    expect(document.users.u).not.toHaveProperty('failover');
  });

  it('without channels or key is taken over with a warning', () => {
    const { document, messages } = imported({
      'x.yaml': { users: { u: { name: 'U', channels: null, proxy_key: '' } } },
    });
    expect(document.users.u).toEqual({ name: 'U', channels: [] });
    expect(document.proxy_keys).toEqual({});
    expect(messages).toEqual([
      'warning users.u: user "u" has no channels',
      'warning users.u: user "u" has no proxy_key',
    ]);
  });

  it('keeps what is not known, and all channels where it says so', () => {
    const { document } = imported({
      'x.yaml': { users: { u: { ...USER, channels: '*', _comment: 'x', extra: 1 } } },
    });
    expect(document.users.u).toMatchObject({ channels: '*', _comment: 'x', extra: 1 });
  });

  it.each([
    ['2024-01-31', '2024-01-31T00:00:00Z'],
    ['2024-01-31 08:15:30', '2024-01-31T08:15:30Z'],
    ['2024-01-31T08:15:30+08:00', '2024-01-31T08:15:30+08:00'],
    [1706659200, '2024-01-31T00:00:00.000Z'],
  ])('may spell a time as %j', (created_at, expected) => {
    const { document } = imported({ 'x.yaml': { users: { u: { ...USER, created_at } } } });
    expect(document.users.u?.created_at).toBe(expected);
  });

  it('with a time or status that cannot be read is told at its place', () => {
    const { invalid } = imported({
      'x.yaml': { users: { u: { ...USER, created_at: 'soon', status: 'on' } } },
    });
    expect(invalid).toEqual([
      expect.stringMatching(/^users\.u\.status/),
      expect.stringMatching(/^users\.u\.created_at/),
    ]);
  });
});

describe('an entry of api_keys.json', () => {
  const entry = { proxy_key: 'pk-1', channel: 'bailian', status: 'active', description: '测试' };

  it('becomes a key, and a user named by its description', () => {
    const { document, messages } = imported({ 'api_keys.json': [entry] });
    expect(document.users).toEqual({ 测试: { name: '测试', status: 'active', channels: ['bailian'] } });
    expect(document.proxy_keys).toEqual({
      key_测试_bailian: {
        key: 'pk-1',
        user: '测试',
        name: '测试',
        channels: [{ id: 'bailian' }],
        status: 'active',
      },
    });
    expect(messages).toEqual(['warning 0: the entry names no user; "测试" was made']);
  });

  it('adds to a user that is there, whichever file comes first', () => {
    const list = [{ ...entry, user: 'user1', created_at: '2024-01-01', quota_limit: 100 }];
    const { document, messages } = imported({
      'users.yaml': { users: { user1: USER } },
      'api_keys.json': list,
    });
    expect(document.users.user1?.channels).toEqual(['aliyun', 'bailian']);
    expect(document.proxy_keys.key_user1_bailian).toMatchObject({
      user: 'user1',
      created_at: '2024-01-01T00:00:00Z',
      limits: { quota: [{ per: 'day', requests: 100 }] },
    });
    expect(messages).toEqual([]);
  });

  it('with an empty channel becomes a key without channels, with a warning', () => {
    const { document, messages } = imported({ 'api_keys.json': [{ ...entry, user: 'u', channel: '' }] });
    expect(document.proxy_keys.key_u?.channels).toEqual([]);
    expect(messages).toEqual(['warning 0: the entry names no channel; the key was made without channels']);
  });

  it('that is disabled is a disabled key of an active user', () => {
    const { document } = imported({ 'api_keys.json': [{ ...entry, user: 'u', status: 'disabled' }] });
    expect(document.proxy_keys.key_u_bailian?.status).toBe('disabled');
    expect(document.users.u?.status).toBe('active');
  });

  it('for a second channel of the same key is merged into it', () => {
    const list = [entry, { ...entry, channel: 'openai' }];
    const { document, messages } = imported({ 'api_keys.json': list });
    expect(Object.values(document.proxy_keys)).toMatchObject([
      { channels: [{ id: 'bailian' }, { id: 'openai' }] },
    ]);
    expect(document.users.测试?.channels).toEqual(['bailian', 'openai']);
    expect(messages).toContain('warning 1: the same proxy_key stands above; the two became one key');
  });

  it('without key, or with neither user nor description, is told', () => {
    const list = [{ channel: 'x' }, { _comment: 'just a note' }, { proxy_key: 'pk-2', channel: 'c' }];
    const { document, messages } = imported({ 'api_keys.json': list });
    expect(Object.keys(document.users)).toEqual(['user_3']);
    expect(messages).toEqual([
      'warning 0: the entry has no proxy_key and was left out',
      'warning 2: the entry names no user; "user_3" was made',
    ]);
  });

  it('with a quota that is none leaves it out, with a warning', () => {
    const { document, messages } = imported({ 'api_keys.json': [{ ...entry, user: 'u', quota_limit: 0 }] });
    expect(document.proxy_keys.key_u_bailian).not.toHaveProperty('limits');
    expect(messages).toEqual(['warning 0: quota_limit 0 is no limit and was left out']);
  });
});

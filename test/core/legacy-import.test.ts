import { describe, expect, it } from 'vitest';
import { imported, USER } from '../support/imported-legacy.ts';

describe('the system section of the older files', () => {
  it('keeps its meaning', () => {
    const system = { config_reload_interval: 300, log_level: 'WARNING', max_connections: 1000 };
    const rate_limit = { requests_per_minute: 60, burst_size: 10 };
    const { document, invalid } = imported({ 'system.yaml': { system: { ...system, rate_limit } } });
    expect(invalid).toEqual([]);
    expect(document.system).toEqual({
      ...system,
      log_level: 'warn',
      rate_limit: { requests_per_minute: 60, burst: 10 },
    });
  });
});

describe('files of the older system', () => {
  it('may hold their section at the root, where their name says which', () => {
    const { document } = imported({
      '/a/users.yaml': { user1: USER },
      '/a/channels.yaml': { aliyun: { api_key: 'k', base_url: 'https://dashscope.aliyuncs.com' } },
      '/a/system.yaml': { log_level: 'info' },
    });
    expect([Object.keys(document.users), Object.keys(document.channels)]).toEqual([['user1'], ['aliyun']]);
    expect(document.system).toEqual({ log_level: 'info' });
  });

  it('give the same ids each time', () => {
    const files = {
      'api_keys.json': [
        { proxy_key: 'a', channel: 'c', description: 'd' },
        { proxy_key: 'b', channel: 'c', description: 'd' },
      ],
    };
    expect(imported(files)).toEqual(imported(files));
    expect(Object.keys(imported(files).document.proxy_keys)).toEqual(['key_d_c', 'key_d_c_2']);
  });

  it('may have notes between their records, and ids with slashes', () => {
    const users = { _comment: 'x', 'a/b': { ...USER, channels: ['c/d'] } };
    const channels = { 'c/d': { api_key: 'k', base_url: 'https://x.test' } };
    const { document, invalid } = imported({ 'x.yaml': { users, channels } });
    expect(invalid).toEqual([]);
    expect([Object.keys(document.users), Object.keys(document.channels)]).toEqual([['a-b'], ['c-d']]);
    expect(document.users['a-b']?.channels).toEqual(['c-d']);
  });

  it.each([
    [{ 'x.yaml': { nothing: 1 } }, 'neither users nor channels nor keys'],
    [{ 'x.yaml': 'text' }, 'must hold a map or a list'],
    [{ 'x.yaml': { users: [1] } }, 'this must be a map of ids'],
    [{ 'x.yaml': { users: { u: 'text' } } }, 'expected object'],
    [{ 'x.yaml': { api_keys: {} } }, 'this must be a list of keys'],
    [{ 'a.yaml': { users: { u: USER } }, 'b.yaml': { users: { u: USER } } }, 'is there twice'],
    [{ 'x.yaml': { users: {}, chanels: {} } }, 'unknown member "chanels"'],
  ])('that cannot be understood are told: %j', (files, reason) => {
    expect(imported(files).messages.join('\n')).toContain(reason);
  });
});

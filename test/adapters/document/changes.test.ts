import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { nextDocument, type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
});
afterEach(() => cleanUp.run());

describe('a change that does not fit', () => {
  it.each([
    ['a channel that does not exist', { channels: ['nope'] }, 'unknown channel "nope"'],
    ['a group that does not exist', { group: 'nope' }, 'unknown group "nope"'],
    ['a wrong status', JSON.parse('{"status":"on"}'), 'status'],
  ])('is refused and leaves everything as it was: %s', async (_what, record, reason) => {
    const { store } = await folder.open();
    const before = store.current;
    await expect(store.put('users', 'u', record)).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining(reason),
    });
    expect(store.current).toBe(before);
    expect(await folder.exists('users.json')).toBe(false);
  });

  it('does not take others down that wait with it', async () => {
    const { store } = await folder.open();
    const results = await Promise.allSettled([
      store.put('users', 'a', {}),
      store.put('users', 'b', { channels: ['nope'] }),
      store.put('users', 'c', {}),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(Object.keys(store.current.users)).toEqual(['a', 'c']);
  });

  it('is the removal of a channel that a user may still use', async () => {
    const { store } = await folder.open();
    await store.insertMany({ channels: { c: { platform: 'openai' } }, users: { u: { channels: ['c'] } } });
    await expect(store.delete('channels', 'c')).rejects.toMatchObject({ code: 'validation_failed' });
    await store.put('users', 'u', {});
    await store.delete('channels', 'c');
    expect(store.current.channels).toEqual({});
  });

  it.each([
    'http://169.254.169.254',
    'http://u:p@x.test',
    'file:///etc',
    'http://127.0.0.1:1',
    'http://2852039166',
  ])('is a channel at %s', async (base_url) => {
    const { store } = await folder.open();
    const channel = { platform: 'openai', base_url };
    await expect(store.put('channels', 'c', channel)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('is an id that could not be an id', async () => {
    const { store } = await folder.open();
    await expect(store.put('users', 'a/b', {})).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('many records at once', () => {
  it('are added together, in one published document', async () => {
    const { store } = await folder.open();
    const published = nextDocument(store);
    await store.insertMany({
      channels: { c: { platform: 'openai' } },
      users: { u: { channels: ['c'] } },
      proxy_keys: { k: { key: 'pk-1', user: 'u' } },
    });
    expect(await published).toBe(store.current);
    expect(store.get('proxy_keys', 'k')?.record.user).toBe('u');
  });

  it('are refused together where one exists', async () => {
    const { store } = await folder.open();
    await store.put('users', 'u', { name: 'first' });
    await expect(store.insertMany({ users: { v: {}, u: {} } })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
    expect(store.current.users).toEqual({ u: { name: 'first' } });
  });
});

describe('the system section', () => {
  it('is changed member by member; undefined removes one', async () => {
    await folder.write('system.json', {
      version: 1,
      system: { log_level: 'info', time_zone: 'UTC' },
      prices: {},
    });
    const { store } = await folder.open();
    await store.patchSystem(JSON.parse('{"log_level":"debug","max_connections":10}'));
    await store.patchSystem({ time_zone: undefined });
    expect(store.current.system).toEqual({ log_level: 'debug', max_connections: 10 });
    expect(JSON.parse(await folder.read('system.json')).system).toEqual(store.current.system);
    await expect(store.patchSystem({ max_connections: 0 })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });
});

describe('a listener', () => {
  it('that fails neither stops the others nor the change', async () => {
    const { store } = await folder.open();
    store.subscribe(() => {
      throw new Error('broken listener');
    });
    const published = nextDocument(store);
    await store.put('users', 'u', {});
    expect((await published).users).toEqual({ u: {} });
    expect(folder.log.lines.join()).toContain('broken listener');
  });
});

describe('a closed store', () => {
  it('has written what was asked for before, and takes nothing more', async () => {
    const { store } = await folder.open();
    const saving = store.put('users', 'u', {});
    await store.close();
    await saving;
    await expect(store.put('users', 'v', {})).rejects.toMatchObject({ code: 'draining' });
    expect(Object.keys((await folder.open()).store.current.users)).toEqual(['u']);
  });
});

describe('200 rapid saves', () => {
  it('are each on the disk when acknowledged, with far fewer writes', async () => {
    const { open, rename } = await import('node:fs/promises');
    let writes = 0;
    const counted = (from: string | Buffer | URL, to: string | Buffer | URL): Promise<void> => {
      writes += 1;
      return rename(from, to);
    };
    const { store } = await folder.open({ writeCalls: { open, rename: counted } });
    const ids = Array.from({ length: 200 }, (_, index) => `u${index}`);
    await Promise.all(
      ids.map(async (id) => {
        await store.put('users', id, {});
        expect(Object.hasOwn(JSON.parse(await folder.read('users.json')).users, id)).toBe(true);
      }),
    );
    expect(Object.keys(store.current.users)).toEqual(ids);
    expect(writes).toBeLessThan(20);
  });
});

import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
});
afterEach(() => cleanUp.run());

describe('a data folder without a configuration', () => {
  it('is new until it has a user, a key or an admin token', async () => {
    const first = await folder.open();
    expect(first.isNew).toBe(true);
    expect(first.notices).toEqual([]);
    await first.store.put('users', 'u', { name: 'U' });
    await first.store.close();
    expect((await folder.open()).isNew).toBe(false);
  });

  it('gets its three files with the first change, readable by their owner alone', async () => {
    const { store } = await folder.open();
    await store.put('users', 'u', { name: 'U' });
    for (const name of ['users.json', 'channels.json', 'system.json']) {
      expect((await stat(folder.file(name))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(folder.file(''))).mode & 0o777).toBe(0o700);
    expect(JSON.parse(await folder.read('users.json'))).toEqual({
      version: 1,
      users: { u: { name: 'U' } },
      proxy_keys: {},
      groups: {},
    });
    expect(JSON.parse(await folder.read('channels.json'))).toEqual({ version: 1, channels: {} });
  });
});

describe('a record', () => {
  it('is on the disk when put resolves, and read back after a restart', async () => {
    const { store } = await folder.open();
    await store.put('channels', 'c', { platform: 'openai', api_key: 'env:KEY' });
    expect(await folder.read('channels.json')).toContain('"env:KEY"');
    await store.close();
    const again = await folder.open();
    expect(again.store.get('channels', 'c')?.record).toEqual({ platform: 'openai', api_key: 'env:KEY' });
  });

  it('has a version that changes with its content and only then', async () => {
    const { store } = await folder.open();
    const first = await store.put('users', 'u', { name: 'A' });
    await store.put('users', 'v', { name: 'other' });
    expect(store.get('users', 'u')).toEqual(first);
    const second = await store.put('users', 'u', { name: 'B' }, first.version);
    expect(second.version).not.toBe(first.version);
    await expect(store.put('users', 'u', { name: 'C' }, first.version)).rejects.toMatchObject({
      code: 'precondition_failed',
      status: 412,
    });
    expect(store.get('users', 'u')?.record).toEqual({ name: 'B' });
  });

  it('must not exist where the expected version is null', async () => {
    const { store } = await folder.open();
    await store.put('users', 'u', {}, null);
    await expect(store.put('users', 'u', {}, null)).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  it('can be removed; removing it again resolves, with a version that is gone it does not', async () => {
    const { store } = await folder.open();
    const { version } = await store.put('users', 'u', {});
    await store.delete('users', 'u', version);
    expect(store.get('users', 'u')).toBeNull();
    expect(await folder.read('users.json')).not.toContain('"u"');
    await store.delete('users', 'u');
    await expect(store.delete('users', 'u', version)).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  it('may bear the name of what every JavaScript object has', async () => {
    const { store } = await folder.open();
    expect(store.get('users', 'constructor')).toBeNull();
    await store.put('users', 'constructor', { name: 'C' }, null);
    await store.close();
    expect((await folder.open()).store.get('users', 'constructor')?.record).toEqual({ name: 'C' });
  });

  it('cannot be changed from outside once it is stored', async () => {
    const { store } = await folder.open();
    const mine = { name: 'A', channels: [] as string[] };
    await store.put('users', 'u', mine);
    mine.channels.push('x');
    expect(store.current.users.u?.channels).toEqual([]);
    expect(Object.isFrozen(store.current.users.u?.channels)).toBe(true);
  });
});

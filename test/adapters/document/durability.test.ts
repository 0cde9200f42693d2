import { open, readdir, rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriteCalls } from '../../../src-main/adapters/document/durable-write.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
});
afterEach(() => cleanUp.run());

function noSpace(): Promise<never> {
  return Promise.reject(
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  );
}

/** A disk that is full for files whose path matches, once it is said to be. */
function disk(): { calls: WriteCalls; full: RegExp | null } {
  const state: { calls: WriteCalls; full: RegExp | null } = { calls: { open, rename }, full: null };
  state.calls = {
    rename,
    open: async (path, flags, mode) => {
      const handle = await open(path, flags, mode);
      if (state.full?.test(String(path))) {
        // Half of it still fits, as on a real disk.
        handle.writeFile = async (data) => {
          await handle.write(String(data).slice(0, 20));
          return noSpace();
        };
      }
      return handle;
    },
  };
  return state;
}

describe('a full disk', () => {
  it('refuses the change, keeps the old file whole, and lets the next change through when there is room', async () => {
    const state = disk();
    const { store } = await folder.open({ writeCalls: state.calls });
    await store.put('users', 'a', {});
    const before = await folder.read('users.json');
    state.full = /users/;
    await expect(store.put('users', 'b', {})).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('no space left on device'),
    });
    expect(await folder.read('users.json')).toBe(before);
    expect(await folder.exists('users.json.tmp')).toBe(false);
    expect(Object.keys(store.current.users)).toEqual(['a']);
    state.full = null;
    await store.put('users', 'c', {});
    expect(Object.keys(JSON.parse(await folder.read('users.json')).users)).toEqual(['a', 'c']);
  });

  it('between two files keeps what fits: the document is what the files hold', async () => {
    const state = disk();
    const { store } = await folder.open({ writeCalls: state.calls });
    await store.put('users', 'a', {});
    state.full = /users/;
    const [channel, user] = await Promise.allSettled([
      store.put('channels', 'c', { platform: 'openai' }),
      store.put('users', 'b', { channels: ['c'] }),
    ]);
    expect([channel.status, user.status]).toEqual(['fulfilled', 'rejected']);
    expect(Object.keys(store.current.channels)).toEqual(['c']);
    expect(Object.keys(store.current.users)).toEqual(['a']);
  });
});

describe('a folder that cannot be written', () => {
  it('makes the configuration read-only', async () => {
    const readOnly = () =>
      Promise.reject(Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' }));
    const { store } = await folder.open({ writeCalls: { open: readOnly, rename } });
    await expect(store.put('users', 'a', {})).rejects.toMatchObject({ code: 'config_read_only' });
  });
});

describe('a data folder', () => {
  it('holds no temporary file after a change', async () => {
    const { store } = await folder.open();
    await store.put('users', 'a', {});
    await store.close();
    const names = await readdir(folder.dataDir, { recursive: true });
    expect(names.filter((name) => /tmp|lock/.test(name))).toEqual([]);
  });
});

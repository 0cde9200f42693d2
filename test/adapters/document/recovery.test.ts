import { readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src-main/contract/configuration-error.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
});
afterEach(() => cleanUp.run());

/** Saves three users one after the other, and ends. */
async function saved(): Promise<void> {
  const { store } = await folder.open();
  await store.put('users', 'a', {});
  await store.put('users', 'b', {});
  await store.put('users', 'c', { name: 'last' });
  await store.close();
}

async function badFiles(): Promise<string[]> {
  return (await readdir(folder.file(''))).filter((name) => name.startsWith('users.json.bad-'));
}

describe('at the start, a document that is', () => {
  it.each([
    ['zero-length', () => truncate(folder.file('users.json'), 0), 'the file is empty'],
    ['filled with NUL bytes', () => folder.write('users.json', '\0'.repeat(500)), 'NUL'],
    ['truncated', () => truncate(folder.file('users.json'), 60), 'not valid JSON'],
    ['of a wrong type', () => folder.write('users.json', '{"version":1,"users":{"a":5}}'), 'expected object'],
    [
      'not UTF-8',
      () => writeFile(folder.file('users.json'), Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
      'not UTF-8',
    ],
  ])('%s gives way to the last good state, is kept, and this is said', async (_what, damage, reason) => {
    await saved();
    await damage();
    const damaged = await readFile(folder.file('users.json'));
    const { store, notices, isNew } = await folder.open();
    expect(isNew).toBe(false);
    expect(store.current.users).toEqual({ a: {}, b: {}, c: { name: 'last' } });
    expect(notices[0]).toMatch(/^RECOVERED .*users\.json from the backup of /);
    expect(notices[0]).toContain(reason);
    const [bad] = await badFiles();
    expect(await readFile(folder.file(bad ?? ''))).toEqual(damaged);
    expect(JSON.parse(await folder.read('users.json')).users.c).toEqual({ name: 'last' });
  });

  it('missing is restored from its backup', async () => {
    await saved();
    await rm(folder.file('users.json'));
    const { store, notices } = await folder.open();
    expect(Object.keys(store.current.users)).toEqual(['a', 'b', 'c']);
    expect(notices[0]).toContain('no such file');
    expect(await badFiles()).toEqual([]);
  });

  it('there only as a temporary file is restored from that', async () => {
    await saved();
    await rename(folder.file('users.json'), folder.file('users.json.tmp'));
    await rm(folder.file('backups'), { recursive: true });
    const { store, notices } = await folder.open();
    expect(Object.keys(store.current.users)).toEqual(['a', 'b', 'c']);
    expect(notices[0]).toContain('temporary file of an unfinished save');
    expect(await folder.exists('users.json.tmp')).toBe(false);
  });

  it('whole wins over a temporary file, which is removed', async () => {
    await saved();
    await folder.write('users.json.tmp', { version: 1, users: {}, proxy_keys: {}, groups: {} });
    const { store, notices } = await folder.open();
    expect(Object.keys(store.current.users)).toEqual(['a', 'b', 'c']);
    expect(notices).toEqual([]);
    expect(await folder.exists('users.json.tmp')).toBe(false);
  });

  it('at odds with the other files gives way to the version that is not', async () => {
    await saved();
    await folder.write('users.json', {
      version: 1,
      users: { a: { channels: ['gone'] } },
      proxy_keys: {},
      groups: {},
    });
    const { store, notices } = await folder.open();
    expect(Object.keys(store.current.users)).toEqual(['a', 'b', 'c']);
    expect(notices[0]).toContain('unknown channel "gone"');
  });
});

describe('a start that cannot be from a good state', () => {
  it('is refused, never empty, where a torn file has no backup', async () => {
    await saved();
    await truncate(folder.file('users.json'), 0);
    await rm(folder.file('backups'), { recursive: true });
    await expect(folder.open()).rejects.toThrow(/users\.json:1:1: the file is empty/);
    expect(await readFile(folder.file('users.json'))).toHaveLength(0);
  });

  it('is refused with one line where the file was written by a newer AIProxy, and the file stays', async () => {
    await saved();
    const text = '{\n  "version": 99,\n  "users": {}\n}';
    await folder.write('users.json', text);
    const failure = await folder.open().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(String(failure)).toMatch(/users\.json:2:3: version 99 was written by a newer AIProxy/);
    expect(await folder.read('users.json')).toBe(text);
    expect(await badFiles()).toEqual([]);
  });

  it('is refused where the version is missing in the data folder itself', async () => {
    await folder.write('users.json', '{"users":{"a":{"proxy_key":"p"}}}');
    await expect(folder.open()).rejects.toThrow(/users\.json:1:1: version is missing; it should be 1/);
  });

  it('gives the folder free again', async () => {
    await folder.write('users.json', '{"version":1,"users":{"a":{"group":"none"}}}');
    await expect(folder.open()).rejects.toThrow('unknown group "none"');
    await folder.write('users.json', '{"version":1,"users":{"a":{}}}');
    expect(Object.keys((await folder.open()).store.current.users)).toEqual(['a']);
  });
});

describe('the backups', () => {
  it('are few, valid, and the newest is what was saved last', async () => {
    const { store } = await folder.open();
    for (let index = 0; index < 30; index++) await store.put('users', `u${index}`, {});
    await store.close();
    const names = (await readdir(folder.file('backups')))
      .filter((name) => name.startsWith('users.json.'))
      .sort();
    expect(names.length).toBeLessThanOrEqual(10);
    const newest = await readFile(join(folder.file('backups'), names.at(-1) ?? ''), 'utf8');
    expect(newest).toBe(await folder.read('users.json'));
  });
});

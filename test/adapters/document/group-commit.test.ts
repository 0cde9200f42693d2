import { open, readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { REAL_WRITE_CALLS } from '../../../src-main/adapters/document/durable-write.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aKey, aUser } from '../../support/document-fixtures.ts';
import { testStore } from '../../support/test-store.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A store whose first write of a file waits, and how often each file was written. */
async function heldStore() {
  const folder = await testStore(cleanUp);
  const writes: string[] = [];
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun: () => void = () => undefined;
  const firstWrite = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const held: typeof open = async (path, ...rest) => {
    writes.push(String(path));
    begun();
    await released;
    return open(path, ...rest);
  };
  const { store } = await folder.open({ writeCalls: { ...REAL_WRITE_CALLS, open: held } });
  const usersWritten = () => writes.filter((path) => path.endsWith('users.json.tmp')).length;
  return { folder, store, release, firstWrite, usersWritten };
}

const codeOf = (error: unknown): unknown => Reflect.get(Object(error), 'code');

describe('a thousand users and keys that come while one is written', () => {
  it('are written in two writes of the file', async () => {
    const { folder, store, release, firstWrite, usersWritten } = await heldStore();
    const first = store.put('users', 'first', aUser());
    await firstWrite;
    const all = Array.from({ length: 500 }, (_, index) => [
      store.put('users', `u${index}`, aUser(), null),
      store.put('proxy_keys', `k${index}`, aKey(`u${index}`, `pk-of-${index}`), null),
    ]).flat();
    release();
    await Promise.all([first, ...all]);
    expect(usersWritten()).toBe(2);
    const { users, proxy_keys } = JSON.parse(await folder.read('users.json'));
    expect([Object.keys(users).length, Object.keys(proxy_keys).length]).toEqual([501, 500]);
    await store.close();
    expect((await readdir(folder.file('backups'))).length).toBeGreaterThan(0);
  });

  it('are refused each for its own fault, and not for its neighbour', async () => {
    const { store, release, firstWrite, usersWritten } = await heldStore();
    const first = store.put('users', 'first', aUser());
    await firstWrite;
    const good = Array.from({ length: 20 }, (_, index) => store.put('users', `u${index}`, aUser(), null));
    const bad = [
      store.put('users', 'stale', aUser(), 'a version nobody has'),
      store.put('proxy_keys', 'dangling', aKey('nobody', 'pk-of-nobody'), null),
      store.put('users', 'u0', aUser(), null),
      store.put('proxy_keys', 'example', aKey('first', 'pk-replace-me-with-a-long-random-text'), null),
    ].map((promise) => promise.then(() => 'saved', codeOf));
    release();
    await Promise.all([first, ...good]);
    expect(await Promise.all(bad)).toEqual([
      'precondition_failed',
      'validation_failed',
      'precondition_failed',
      'validation_failed',
    ]);
    expect(usersWritten()).toBe(2);
    expect(Object.keys(store.current.users)).toHaveLength(21);
    await store.close();
  });
});

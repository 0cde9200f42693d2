import { open } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { REAL_WRITE_CALLS } from '../../../src-main/adapters/document/durable-write.ts';
import type { DocumentOrigin, RecordChange } from '../../../src-main/core/ports.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import { nextDocument, type TestStore, testStore } from '../../support/test-store.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const channel = aChannel('openai', 'http://127.0.0.1:1', 'channel-key-1');
const START = aDocument({
  channels: { gone: channel, kept: channel },
  users: { anna: aUser({ channels: ['gone', 'kept'] }) },
  proxy_keys: { a: aKey('anna', 'pk-of-anna') },
  system: { log_level: 'warn' },
});
const WITHOUT_CHANNEL: readonly RecordChange[] = [
  { section: 'channels', id: 'gone', record: undefined },
  { section: 'users', id: 'anna', record: aUser({ channels: ['kept'] }) },
];

async function started(folder: TestStore) {
  const { store } = await folder.open();
  await store.replaceAll(START);
  return store;
}

describe('several changes at once', () => {
  test('are made together', async () => {
    const store = await started(await testStore(cleanUp));
    await store.change([...WITHOUT_CHANNEL, { section: 'system', id: 'log_level', value: undefined }]);
    expect(store.current).toEqual({
      ...START,
      channels: { kept: channel },
      users: { anna: aUser({ channels: ['kept'] }) },
      system: {},
    });
  });

  test.each([
    ['one was seen in another version', { expectedVersion: 'older' }, 'precondition_failed'],
    ['one does not fit its schema', { record: { ...aUser(), status: 'asleep' } }, 'validation_failed'],
  ])('are all refused where %s', async (_, members, code) => {
    const store = await started(await testStore(cleanUp));
    const [first, second] = WITHOUT_CHANNEL;
    // What a caller must not do is tried out.
    const changes = [first, { ...second, ...members }] as RecordChange[];
    await expect(store.change(changes)).rejects.toMatchObject({ code });
    expect(store.current).toEqual(START);
  });

  test('are refused where together they leave something dangling', async () => {
    const store = await started(await testStore(cleanUp));
    await expect(store.change(WITHOUT_CHANNEL.slice(0, 1))).rejects.toMatchObject({
      code: 'validation_failed',
      cause: [{ path: ['users', 'anna', 'channels', 0] }],
    });
  });

  test.each(['asked for as one', 'asked for one after the other'])(
    'leave a valid document wherever the power goes, %s',
    async (how) => {
      for (let writes = 0; ; writes++) {
        const folder = await testStore(cleanUp);
        await (await started(folder)).close();
        let left = writes;
        const failing: typeof open = (path, ...rest) => {
          if (String(path).endsWith('.json.tmp') && left-- <= 0) throw new Error('the power is gone');
          return open(path, ...rest);
        };
        const { store } = await folder.open({ writeCalls: { ...REAL_WRITE_CALLS, open: failing } });
        const asked =
          how === 'asked for as one'
            ? store.change(WITHOUT_CHANNEL)
            : Promise.all([
                store.put('users', 'anna', aUser({ channels: ['kept'] })),
                store.delete('channels', 'gone'),
              ]);
        const done = await asked.then(
          () => true,
          () => false,
        );
        await store.close();
        const { notices, store: next } = await folder.open();
        expect(notices).toEqual([]);
        await next.close();
        if (done) {
          expect(writes).toBe(2);
          return;
        }
      }
    },
  );
});

describe('the system section', () => {
  test('has a version that changes with it, and only with it', async () => {
    const store = await started(await testStore(cleanUp));
    const { version, record } = store.getSystem();
    expect(record).toEqual({ log_level: 'warn' });
    await store.put('groups', 'g', {});
    expect(store.getSystem().version).toBe(version);
    await store.patchSystem({ log_level: 'info' }, version);
    expect(store.getSystem().version).not.toBe(version);
    await expect(store.patchSystem({ log_level: 'error' }, version)).rejects.toMatchObject({
      code: 'precondition_failed',
    });
    expect(store.current.system).toEqual({ log_level: 'info' });
  });
});

test('who listens is told what was changed here and what in the files', async () => {
  const folder = await testStore(cleanUp);
  const store = await started(folder);
  const origins: DocumentOrigin[] = [];
  store.subscribe((_, origin) => origins.push(origin));
  await store.put('groups', 'g', {});
  const edited = nextDocument(store);
  await folder.write('channels.json', { version: 1, channels: { ...START.channels, more: channel } });
  await edited;
  expect(origins).toEqual(['change', 'files']);
});

import { open } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { REAL_WRITE_CALLS } from '../../../src-main/adapters/document/durable-write.ts';
import { platformFacts } from '../../../src-main/adapters/document/platform-facts.ts';
import { replacementCommits } from '../../../src-main/adapters/document/replacement.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import { testStore } from '../../support/test-store.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const channel = aChannel('openai', 'http://127.0.0.1:1', 'channel-key-1');
const OLD = aDocument({
  channels: { old: channel, both: channel },
  users: { anna: aUser({ channels: ['old', 'both'] }), ben: aUser() },
  proxy_keys: { a: aKey('anna', 'pk-of-anna') },
  system: { anonymous_user: 'ben', log_level: 'warn' },
});
const NEW = aDocument({
  channels: { both: { ...channel, name: 'B' }, fresh: channel },
  users: { anna: aUser({ channels: ['fresh'] }), carl: aUser({ channels: ['both'] }) },
  proxy_keys: { c: aKey('carl', 'pk-of-anna') },
  system: { anonymous_user: 'carl' },
  prices: { 'org/model': { input: 1 } },
});

describe('replacing the document', () => {
  test('leaves exactly the other document, in memory and on the disk', async () => {
    const folder = await testStore(cleanUp);
    const { store } = await folder.open();
    await store.replaceAll(OLD);
    await store.replaceAll(NEW);
    expect(store.current).toEqual(NEW);
    await store.close();
    expect((await folder.open()).store.current).toEqual(NEW);
  });

  test('is refused as a whole where the other document is not valid', async () => {
    const { store } = await (await testStore(cleanUp)).open();
    await store.replaceAll(OLD);
    const broken = { ...NEW, channels: {} };
    await expect(store.replaceAll(broken)).rejects.toMatchObject({ code: 'validation_failed' });
    expect(store.current).toEqual(OLD);
  });

  test('never leaves a file that names what another one does not hold, wherever it is cut off', async () => {
    for (let writes = 0; ; writes++) {
      const folder = await testStore(cleanUp);
      const before = await folder.open();
      await before.store.replaceAll(OLD);
      await before.store.close();
      let left = writes;
      const failing: typeof open = (path, ...rest) => {
        if (String(path).endsWith('.json.tmp') && left-- <= 0) throw new Error('the power is gone');
        return open(path, ...rest);
      };
      const { store } = await folder.open({ writeCalls: { ...REAL_WRITE_CALLS, open: failing } });
      const done = await store.replaceAll(NEW).then(
        () => true,
        () => false,
      );
      await store.close();
      const { store: after, notices } = await folder.open();
      expect(notices.filter((line) => line.includes('RECOVERED'))).toEqual([]);
      if (done) {
        expect(after.current).toEqual(NEW);
        expect(writes).toBeGreaterThan(3);
        return;
      }
    }
  });
});

test('a Proxy-Key that is the API key of an old channel makes it one commit', () => {
  const from = aDocument({ channels: { old: channel } });
  const to = aDocument({ users: { u: aUser() }, proxy_keys: { k: aKey('u', 'channel-key-1') } });
  expect(replacementCommits(from, to, platformFacts(PLATFORMS))).toHaveLength(1);
});

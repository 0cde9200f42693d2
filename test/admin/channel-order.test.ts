import { afterEach, expect, test } from 'vitest';
import { type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument } from '../support/document-fixtures.ts';
import { openConsole } from '../support/open-console.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

async function open() {
  const channel = (priority?: number) =>
    aChannel('custom', 'http://127.0.0.1:9', 'a-key', priority === undefined ? {} : { priority });
  const channels = { a: channel(), b: channel(2), c: channel(7), d: channel(50) };
  const console = await openConsole(cleanUp, { document: aDocument({ channels }) });
  const priorities = () =>
    Object.fromEntries(
      Object.entries(console.store.current.channels).map(([id, { priority }]) => [id, priority]),
    );
  return { console, admin: adminClient(console), priorities };
}

test('channels get the priorities of their order in one change, and others keep theirs', async () => {
  const { admin, console, priorities } = await open();
  let published = 0;
  console.store.subscribe(() => published++);
  const answer = await admin.post('/channels/order', { ids: ['c', 'b', 'a'] });
  expect([answer.status, answer.body]).toEqual([200, { changed: 2 }]);
  expect(priorities()).toEqual({ a: 3, b: 2, c: 1, d: 50 });
  expect(published).toBe(1);
  expect(console.audited.at(-1)).toMatchObject({
    action: 'channel.order',
    details: { ids: ['c', 'b', 'a'], changed: ['c', 'a'] },
  });
});

test.each([
  [['a', 'nobody'], 'ids.1'],
  [['a', 'a'], 'ids'],
  [[], 'ids'],
])('an order of %j is refused, and nothing is changed', async (ids, path) => {
  const { admin, priorities } = await open();
  const { status, body } = await admin.post<AdminErrorBody>('/channels/order', { ids });
  expect([status, body.error.issues?.[0]?.path]).toEqual([422, path]);
  expect(priorities()).toEqual({ a: undefined, b: 2, c: 7, d: 50 });
});

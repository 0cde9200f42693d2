import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { openConsole } from '../support/open-console.ts';

const cleanUp = createCleanUp();
let admin: AdminClient;
beforeAll(async () => {
  const document = aDocument({
    users: { ann: aUser({ name: '安 & Ann' }), bob: aUser() },
    proxy_keys: { k: aKey('ann', 'pk-of-ann', { name: 'laptop' }) },
    channels: { c: aChannel('openai', 'http://127.0.0.1:1', 'channel-key-c', { name: 'OpenAI' }) },
    groups: { g: { name: 'Research' } },
  });
  admin = adminClient(await openConsole(cleanUp, { document }));
});
afterAll(cleanUp.run);

const NOTHING = { users: {}, keys: {}, channels: {}, groups: {} };

describe('names by ids', () => {
  test('are told for every kind of record that logs name', async () => {
    const { status, body } = await admin.get('/names?user=ann&user=bob&key=k&channel=c&group=g');
    expect([status, body]).toEqual([
      200,
      {
        users: { ann: '安 & Ann', bob: null },
        keys: { k: 'laptop' },
        channels: { c: 'OpenAI' },
        groups: { g: 'Research' },
      },
    ]);
  });

  test('leave out ids of nothing, inherited members among them', async () => {
    const { body } = await admin.get('/names?user=gone&user=&user=constructor&key=__proto__&channel=ann');
    expect(body).toEqual(NOTHING);
    expect((await admin.get('/names')).body).toEqual(NOTHING);
  });

  test('are told for 500 ids of a kind at a time', async () => {
    const ask = (count: number) =>
      admin.get<AdminErrorBody>(`/names?${Array(count).fill('user=bob').join('&')}`);
    expect((await ask(500)).body).toEqual({ ...NOTHING, users: { bob: null } });
    const refused = await ask(501);
    expect([refused.status, refused.body.error.param]).toEqual([422, 'user']);
  });

  test('hold no members that nobody knows', async () => {
    expect((await admin.get('/names?users=ann')).status).toBe(422);
  });
});

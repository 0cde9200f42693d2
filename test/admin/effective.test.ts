import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { openConsole } from '../support/open-console.ts';

const cleanUp = createCleanUp();
let admin: AdminClient;
beforeAll(async () => {
  const opened = await openConsole(cleanUp, {
    document: aDocument({
      channels: {
        one: { platform: 'openai', api_key: 'k', name: 'One' },
        two: { platform: 'openai', api_key: 'k', status: 'disabled' },
      },
      groups: { all: { name: 'All', channels: '*' }, only2: { channels: ['two'] }, none: {} },
      users: {
        own: { channels: ['one'] },
        star: { channels: '*' },
        byGroup: { group: 'all' },
        both: { channels: ['one'], group: 'only2' },
        neither: { group: 'none' },
        gone: { channels: ['one'], status: 'disabled' },
      },
      proxy_keys: {
        k_own: { key: 'pk-1', user: 'own' },
        k_group: { key: 'pk-2', user: 'byGroup' },
        k_narrow: { key: 'pk-3', user: 'byGroup', channels: [{ id: 'two' }] },
        k_useless: { key: 'pk-4', user: 'own', channels: [{ id: 'two' }] },
        k_gone: { key: 'pk-5', user: 'gone' },
        k_off: { key: 'pk-6', user: 'own', status: 'disabled' },
        k_old: { key: 'pk-7', user: 'own', expires_at: '2020-01-01T00:00:00Z' },
      },
    }),
  });
  admin = adminClient(opened);
});
afterAll(cleanUp.run);

interface Item {
  readonly id: string;
  readonly state: string;
}
const list = async (path: string) => (await admin.get<{ items: readonly Item[] }>(path)).body.items;
const ids = async (path: string) => (await list(path)).map(({ id }) => id).sort();

describe('who may use a channel', () => {
  test('counts what groups permit', async () => {
    expect(await ids('/users?channel=one')).toEqual(['both', 'byGroup', 'gone', 'own', 'star']);
    expect(await ids('/users?channel=two')).toEqual(['both', 'byGroup', 'star']);
    expect(await ids('/users?channel=one&status=active')).toEqual(['both', 'byGroup', 'own', 'star']);
  });

  test('counts a key by its user’s permission and its own list', async () => {
    expect(await ids('/proxy-keys?channel=two')).toEqual(['k_group', 'k_narrow']);
    expect(await ids('/proxy-keys?channel=one&state=active')).toEqual(['k_group', 'k_own']);
  });

  test('is said of a user channel by channel, with the reason', async () => {
    const { body } = await admin.get('/users/both/channels');
    expect(body).toEqual({
      items: [
        { id: 'one', name: 'One', status: 'active', own: true, group: null },
        { id: 'two', name: null, status: 'disabled', own: false, group: { id: 'only2', name: null } },
      ],
    });
    expect((await admin.get('/users/neither/channels')).body).toEqual({ items: [] });
    expect((await admin.get('/users/nobody/channels')).status).toBe(404);
  });
});

test('a key opens what its own status, its user and its end let it open', async () => {
  const states = Object.fromEntries((await list('/proxy-keys')).map(({ id, state }) => [id, state]));
  expect(states).toMatchObject({
    k_own: 'active',
    k_gone: 'user_disabled',
    k_off: 'disabled',
    k_old: 'expired',
  });
});

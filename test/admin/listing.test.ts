import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { openConsole } from '../support/open-console.ts';

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
}

const cleanUp = createCleanUp();
let admin: AdminClient;
beforeAll(async () => {
  const users = {
    d: aUser({ name: 'user 10', department: 'Sales', created_at: '2026-01-03T00:00:00Z' }),
    c: aUser({ name: 'User 2', department: 'Sales', status: 'disabled', created_at: '2026-01-01T00:00:00Z' }),
    b: aUser({ name: 'Émile', group: 'team', channels: ['openai'], contact: { email: 'e@example.com' } }),
    a: aUser({ channels: [], created_at: '2026-01-01T23:00:00-03:00' }),
  };
  const channels = {
    openai: { platform: 'openai', priority: 10 },
    second: { platform: 'openai', priority: 9, models: ['gpt-*'] },
    third: { platform: 'gemini' },
  };
  const proxy_keys = {
    endless: aKey('a', 'pk-endless'),
    ended: aKey('a', 'pk-ended', { expires_at: '2026-01-01T00:00:00Z' }),
    ending: aKey('b', 'pk-ending', { expires_at: '2027-01-01T00:00:00+01:00' }),
  };
  const document = aDocument({ users, channels, proxy_keys, groups: { team: {} } });
  admin = adminClient(await openConsole(cleanUp, { document }));
});
afterAll(cleanUp.run);

const ids = async (path: string): Promise<string> =>
  (await admin.get<Page>(path)).body.items.map(({ id }) => id).join(' ');

describe('a list', () => {
  test.each([
    ['', 'a b c d'],
    ['sort=-id', 'd c b a'],
    ['sort=name', 'b c d a'],
    ['sort=-name', 'd c b a'],
    ['sort=created_at', 'c a d b'],
    ['sort=-created_at', 'd a c b'],
    ['sort=department', 'c d a b'],
  ])('of users with ?%s is in the order %s', async (query, expected) => {
    expect(await ids(`/users?${query}`)).toBe(expected);
  });

  test('of channels sorts numbers as numbers', async () => {
    expect(await ids('/channels?sort=priority')).toBe('second openai third');
  });

  test.each([
    ['/users?status=active', 'a b d'],
    ['/users?status=disabled', 'c'],
    ['/users?department=Sales&status=active', 'd'],
    ['/users?group=team', 'b'],
    ['/users?channel=openai', 'b c d'],
    ['/users?search=USER', 'c d'],
    ['/users?search=e@example', 'b'],
    ['/users?search=', 'a b c d'],
    ['/channels?platform=gemini', 'third'],
    ['/channels?search=gpt', 'second'],
    ['/proxy-keys?search=émi', 'ending'],
    ['/proxy-keys?expires_before=2026-12-31T23:00:00Z', 'ended ending'],
    ['/proxy-keys?expires_before=2026-06-01T00:00:00Z', 'ended'],
    ['/proxy-keys?expires_after=2026-06-01T00:00:00Z&user=a', 'endless'],
  ])('%s holds %s', async (path, expected) => {
    expect(await ids(path)).toBe(expected);
  });

  test('comes page by page, and says how many there are', async () => {
    expect((await admin.get<Page>('/users?per_page=3&page=2')).body).toMatchObject({
      items: [{ id: 'd' }],
      total: 4,
      page: 2,
      per_page: 3,
    });
    expect(await ids('/users?page=99')).toBe('');
  });

  test.each([
    'page=0',
    'per_page=0',
    'per_page=501',
    'page=1e3',
    'sort=notes',
    'stauts=active',
    'page=1&page=2',
  ])('cannot be asked for with ?%s', async (query) => {
    expect((await admin.get(`/users?${query}`)).status).toBe(422);
  });

  test('says what a filter takes that is no text', async () => {
    expect((await admin.get('/proxy-keys?expires_before=tomorrow')).status).toBe(422);
  });
});

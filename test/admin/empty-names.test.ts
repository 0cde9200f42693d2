import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let admin: AdminClient;
beforeAll(async () => {
  const document = aDocument({ users: { ann: aUser(), old: { name: '' } } });
  admin = adminClient(cleanUp.closing(await startGateway(document)));
});
afterAll(cleanUp.run);

test.each(['', ' ', '\u3000'])('a name of nothing but %j is refused', async (name) => {
  for (const [path, members] of [
    ['/users', {}],
    ['/groups', { id: 'g' }],
    ['/proxy-keys', { user: 'ann' }],
  ] as const) {
    const answer = await admin.post<AdminErrorBody>(path, { ...members, name });
    expect([path, answer.status]).toEqual([path, 422]);
    expect(answer.body.error.param).toBe('name');
  }
});

test('a record that has such a name from before can be changed elsewhere', async () => {
  expect((await admin.patch('/users/old', { department: 'R&D' })).status).toBe(200);
});

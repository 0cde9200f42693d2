import { afterEach, describe, expect, test } from 'vitest';
import type { User } from '../../src-main/contract/document.ts';
import { type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

interface Answer {
  readonly changed: readonly string[];
  readonly missing: readonly string[];
}

async function room() {
  const document = aDocument({
    groups: { interns: { name: 'Interns' } },
    users: { ann: aUser({ group: 'interns' }), bob: aUser(), cat: aUser({ status: 'disabled' }) },
    proxy_keys: { 'ann-1': aKey('ann', 'pk-ann-1') },
  });
  const client = adminClient(cleanUp.closing(await startGateway(document)));
  return {
    client,
    send: (body: object) => client.post<Answer & AdminErrorBody>('/users/bulk', body),
    stored: async (id: string) => (await client.get<User>(`/users/${id}`)).body,
  };
}

describe('many users at once', () => {
  test('are set alike in one commit, each of them audited', async () => {
    const { client, send, stored } = await room();
    const { status, body } = await send({
      ids: ['ann', 'bob', 'cat', 'gone', 'bob'],
      set: { status: 'disabled' },
    });
    expect([status, body]).toEqual([200, { changed: ['ann', 'bob'], missing: ['gone'] }]);
    expect([(await stored('ann')).status, (await stored('bob')).status]).toEqual(['disabled', 'disabled']);
    const { body: audit } = await client.get<{ items: { action: string; target: string }[] }>(
      '/audit?action=user.update',
    );
    expect(audit.items.map(({ target }) => target).toSorted()).toEqual(['ann', 'bob']);
  });

  test('get a group, or lose it', async () => {
    const { client, send, stored } = await room();
    await send({ ids: ['bob', 'cat'], set: { group: 'interns' } });
    const counts = await client.get('/group-members');
    expect(counts.body).toEqual({ items: [{ group: 'interns', users: 3 }] });
    await send({ ids: ['ann'], set: { group: null } });
    expect(await stored('ann')).not.toHaveProperty('group');
  });

  test('are left as they are where the group is none', async () => {
    const { send, stored } = await room();
    const { status } = await send({ ids: ['ann', 'bob'], set: { group: 'nobody', status: 'disabled' } });
    expect([status, (await stored('bob')).status]).toEqual([422, 'active']);
  });

  test('are deleted with their keys', async () => {
    const { client, send } = await room();
    const { body } = await send({ ids: ['ann', 'bob'], delete: true });
    expect(body.changed).toEqual(['ann', 'bob']);
    expect((await client.get('/proxy-keys/ann-1')).status).toBe(404);
  });

  test.each([{ ids: [] }, { ids: ['ann'] }, { ids: ['ann'], set: {}, delete: true }])(
    'refuses %j',
    async (body) => {
      expect((await (await room()).send(body)).status).toBe(422);
    },
  );
});

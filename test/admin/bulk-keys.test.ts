import { afterEach, describe, expect, test } from 'vitest';
import type { ProxyKey } from '../../src-main/contract/document.ts';
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
  const proxy_keys = {
    'ann-1': aKey('ann', 'pk-ann-1'),
    'ann-2': aKey('ann', 'pk-ann-2'),
    'bob-1': aKey('bob', 'pk-bob-1', { status: 'disabled' }),
  };
  const document = aDocument({ users: { ann: aUser(), bob: aUser() }, proxy_keys });
  const gateway = cleanUp.closing(await startGateway(document));
  const client = adminClient(gateway);
  return {
    client,
    send: (body: object) => client.post<Answer & AdminErrorBody>('/proxy-keys/bulk', body),
    stored: async (id: string) => (await client.get<ProxyKey>(`/proxy-keys/${id}`)).body,
    async chat(key: string): Promise<number> {
      const headers = { authorization: `Bearer ${key}` };
      const response = await fetch(`${gateway.proxyUrl}/v1/models`, { headers });
      await response.text();
      return response.status;
    },
  };
}

describe('many Proxy-Keys at once', () => {
  test('are disabled in one commit, each of them audited and none of them shown', async () => {
    const { client, send, stored, chat } = await room();
    expect(await chat('pk-ann-1')).not.toBe(403);
    const { status, body } = await send({
      ids: ['ann-1', 'ann-2', 'bob-1', 'gone', 'ann-1'],
      set: { status: 'disabled' },
    });
    expect([status, body]).toEqual([200, { changed: ['ann-1', 'ann-2'], missing: ['gone'] }]);
    expect((await stored('ann-2')).status).toBe('disabled');
    expect(await chat('pk-ann-1')).toBe(403);
    const audit = await client.get<{ items: { target: string }[] }>('/audit?action=proxy_key.update');
    expect(audit.body.items.map(({ target }) => target).toSorted()).toEqual(['ann-1', 'ann-2']);
    expect(JSON.stringify(audit.body)).not.toContain('pk-ann');
  });

  test('are deleted, and only they', async () => {
    const { client, send, chat } = await room();
    const { body } = await send({ ids: ['ann-1', 'bob-1'], delete: true });
    expect(body.changed).toEqual(['ann-1', 'bob-1']);
    expect((await client.get('/proxy-keys/ann-1')).status).toBe(404);
    expect(await chat('pk-ann-1')).toBe(401);
    expect((await client.get('/proxy-keys/ann-2')).status).toBe(200);
  });

  test.each([
    { ids: [] },
    { ids: ['ann-1'] },
    { ids: ['ann-1'], set: {} },
    { ids: ['ann-1'], set: { key: 'pk-other' } },
    { ids: ['ann-1'], set: { status: 'active' }, delete: true },
  ])('refuse %j', async (body) => {
    expect((await (await room()).send(body)).status).toBe(422);
  });
});

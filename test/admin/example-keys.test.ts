import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const EXAMPLE = 'pk-replace-me-with-a-long-random-text';
const cleanUp = createCleanUp();
let gateway: Gateway;
let admin: AdminClient;
beforeAll(async () => {
  const standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { example: aKey('ann', EXAMPLE), own: aKey('ann', 'pk-of-ann') },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
  admin = adminClient(gateway);
});
afterAll(cleanUp.run);

async function proxied(key: string): Promise<number> {
  const response = await fetch(`${gateway.proxyUrl}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await response.arrayBuffer();
  return response.status;
}

describe('an example key that is stored', () => {
  test('is not accepted, while everything else is, and one warning says how to make another', async () => {
    expect(await proxied(EXAMPLE)).toBe(401);
    expect(await proxied('pk-of-ann')).toBe(200);
    const told = gateway.notices.filter((notice) => notice.includes('example key'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/proxy key example: .*openssl rand/);
  });

  test('may be renamed and rotated', async () => {
    expect((await admin.patch('/proxy-keys/example', { name: 'laptop' })).status).toBe(200);
    const rotated = await admin.post<{ key: string }>('/proxy-keys/example/rotate', {});
    expect(rotated.status).toBe(200);
    expect(await proxied(rotated.body.key)).toBe(200);
    expect(await proxied(EXAMPLE)).toBe(401);
  });
});

describe('an example key', () => {
  test.each([EXAMPLE, 'pk-your-key', 'sk-replace-me', 'pk_example_user1', 'PK-CHANGE-ME-now'])(
    'is refused by the admin API, with what to do: %s',
    async (key) => {
      const answer = await admin.post<AdminErrorBody>('/proxy-keys', { user: 'ann', key });
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body)).toMatch(/example key.*openssl rand/);
      expect(await proxied(key)).toBe(401);
    },
  );
});

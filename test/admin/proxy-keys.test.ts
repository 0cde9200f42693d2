import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

interface Key {
  readonly id: string;
  readonly key: string;
  readonly previous?: readonly { readonly key: string; readonly expires_at: string }[];
}

const cleanUp = createCleanUp();
let gateway: Gateway;
let standIn: OpenAiStandIn;
let admin: AdminClient;
beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser({ name: 'Ann' }), ben: aUser() },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
  admin = adminClient(gateway);
});
afterAll(cleanUp.run);

/** What the proxy answers to a key. */
async function proxied(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${gateway.proxyUrl}/v1/models`, { headers });
  await response.arrayBuffer();
  return response.status;
}

const made = async (members: object = {}): Promise<Key> =>
  (await admin.post<Key>('/proxy-keys', { user: 'ann', ...members })).body;

describe('a Proxy-Key', () => {
  test('is shown in full once, works at once, and is masked from then on', async () => {
    const { id, key } = await made();
    expect(key).toMatch(/^pk-[\w-]{32}$/);
    expect(await proxied(key)).toBe(200);
    const mask = `***${key.slice(-4)}`;
    for (const answer of [
      await admin.get<Key>(`/proxy-keys/${id}`),
      await admin.patch<Key>(`/proxy-keys/${id}`, { name: 'laptop' }),
      await admin.put<Key>(`/proxy-keys/${id}`, { user: 'ann' }),
    ]) {
      expect(answer.body.key).toBe(mask);
    }
    expect(JSON.stringify((await admin.get('/proxy-keys?per_page=500')).body)).not.toContain(key);
    expect(await proxied(key)).toBe(200);
  });

  test('may be chosen by the admin', async () => {
    const { key } = await made({ key: 'pk-chosen-by-hand' });
    expect([key, await proxied(key)]).toEqual(['pk-chosen-by-hand', 200]);
  });

  test('stands once', async () => {
    const { key } = await made();
    const { status, body } = await admin.post<AdminErrorBody>('/proxy-keys', { user: 'ben', key });
    expect([status, body.error.issues?.[0]?.path]).toEqual([422, 'key']);
    expect(JSON.stringify(body)).not.toContain(key);
  });

  test('is not replaced by its own mask', async () => {
    const { id, key } = await made();
    const read = await admin.get<Key>(`/proxy-keys/${id}`);
    const { status, body } = await admin.put<AdminErrorBody>(`/proxy-keys/${id}`, read.body);
    expect([status, body.error.issues]).toEqual([
      422,
      [{ path: 'key', message: expect.stringContaining('masked') }],
    ]);
    expect(await proxied(key)).toBe(200);
  });

  test('is refused by the proxy as soon as it is disabled, and served again when it is not', async () => {
    const { id, key } = await made();
    await admin.patch(`/proxy-keys/${id}`, { status: 'disabled' });
    expect(await proxied(key)).toBe(403);
    await admin.patch(`/proxy-keys/${id}`, { status: null });
    expect(await proxied(key)).toBe(200);
    await admin.patch('/users/ann', { status: 'disabled' });
    expect(await proxied(key)).toBe(403);
    await admin.patch('/users/ann', { status: 'active' });
    await admin.patch('/channels/openai', { status: 'disabled' });
    expect(await proxied(key)).toBeGreaterThanOrEqual(400);
    await admin.patch('/channels/openai', { status: 'active' });
    await admin.delete(`/proxy-keys/${id}`);
    expect(await proxied(key)).toBe(401);
  });

  test('is found by user, by words, and page by page', async () => {
    const { id, key } = await made({ user: 'ben', name: 'Straße 1' });
    const idsOf = async (query: string): Promise<readonly string[]> =>
      (await admin.get<{ items: Key[] }>(`/proxy-keys?${query}`)).body.items.map((item) => item.id);
    expect(await idsOf('user=ben')).toEqual([id]);
    expect(await idsOf(`search=${encodeURIComponent('STRASSE')}`)).toEqual([]);
    expect(await idsOf(`search=${encodeURIComponent('straße')}`)).toEqual([id]);
    expect(await idsOf(`search=${encodeURIComponent(key.slice(-4))}`)).toContain(id);
    const all = await idsOf('sort=-created_at&per_page=500');
    expect(await idsOf('sort=-created_at&per_page=2&page=2')).toEqual(all.slice(2, 4));
    expect((await admin.get('/proxy-keys?per_page=501')).status).toBe(422);
    expect((await admin.get('/proxy-keys?usr=ben')).status).toBe(422);
  });
});

describe('revealing', () => {
  test('shows the key in full, and is written down before it is shown', async () => {
    const { id, key } = await made();
    const { status, body } = await admin.post(`/proxy-keys/${id}/reveal`);
    expect([status, body]).toEqual([200, { id, key }]);
    const audited = await admin.get<{ items: { action: string; target: string }[] }>(
      `/audit?action=proxy_key.reveal&target=${id}`,
    );
    expect(audited.body.items).toMatchObject([{ action: 'proxy_key.reveal', target: id }]);
    expect(JSON.stringify((await admin.get('/audit')).body)).not.toContain(key);
  });

  test('shows a channel’s secrets where they stand', async () => {
    const secrets = {
      api_keys: ['channel-key-number-1', 'env:SECOND_KEY'],
      headers: { 'x-org': 'org-secret-value' },
      outbound_proxy: 'http://user:pass-word@proxy.example:3128',
    };
    const { body } = await admin.post<{ id: string }>('/channels', { platform: 'openai', ...secrets });
    expect(body).toMatchObject({
      api_keys: ['***er-1', 'env:SECOND_KEY'],
      headers: { 'x-org': '***alue' },
      outbound_proxy: 'http://user:***@proxy.example:3128',
    });
    const revealed = await admin.post(`/channels/${body.id}/reveal`);
    expect(revealed.body).toEqual({ id: body.id, ...secrets });
    await admin.delete(`/channels/${body.id}`);
  });
});

describe('rotating', () => {
  test('makes a new key; the old one is void at once where no grace is asked for', async () => {
    const { id, key } = await made();
    const { status, body } = await admin.post<Key>(`/proxy-keys/${id}/rotate`, {});
    expect(status).toBe(200);
    expect(await proxied(body.key)).toBe(200);
    expect(await proxied(key)).toBe(401);
  });

  test('leaves the old one valid for the time of grace, and masked', async () => {
    const { id, key } = await made();
    const { body } = await admin.post<Key>(`/proxy-keys/${id}/rotate`, { grace_seconds: 60 });
    expect([await proxied(body.key), await proxied(key)]).toEqual([200, 200]);
    expect(body.previous).toMatchObject([{ key: `***${key.slice(-4)}` }]);
    const again = await admin.post<Key>(`/proxy-keys/${id}/rotate`, { grace_seconds: 0 });
    expect([await proxied(body.key), await proxied(key)]).toEqual([401, 200]);
    expect(again.body.previous).toHaveLength(1);
  });

  test('is not done for another version of the key', async () => {
    const { id, key } = await made();
    const stale = { 'if-match': '"other"' };
    const { status } = await admin.post(`/proxy-keys/${id}/rotate`, { grace_seconds: 0 }, stale);
    expect([status, await proxied(key)]).toEqual([412, 200]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterAll(cleanUp.run);

const PROXY_KEY = 'the key of ann, which has no prefix';
const CHANNEL_KEY = 'the key of a channel: xyzzy';
let admin: AdminClient;

beforeAll(async () => {
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'key-ann': aKey('ann', PROXY_KEY) },
    channels: { openai: aChannel('openai', 'http://127.0.0.1:9', CHANNEL_KEY) },
  });
  admin = adminClient(cleanUp.closing(await startGateway(document)));
});

/** What a refusal says, all of it. */
async function saidOf(asked: Promise<{ readonly status: number; readonly body: AdminErrorBody }>) {
  const { status, body } = await asked;
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body.error.message).not.toBe('');
  return JSON.stringify(body);
}

describe('an error of the admin API', () => {
  it.each([
    ['as an id', () => admin.get<AdminErrorBody>(`/users/${encodeURIComponent(PROXY_KEY)}`)],
    ['as the name of a member', () => admin.post<AdminErrorBody>('/users', { [PROXY_KEY]: true })],
    ['as a parameter', () => admin.get<AdminErrorBody>(`/statistics/export?by=${CHANNEL_KEY}`)],
    ['as a channel', () => admin.patch<AdminErrorBody>('/users/ann', { channels: [CHANNEL_KEY] })],
  ])('masks a key that was sent %s', async (_, ask) => {
    const said = await saidOf(ask());
    expect(said).not.toContain(PROXY_KEY.slice(-5));
    expect(said).not.toContain(CHANNEL_KEY.slice(-5));
    expect(said).toContain('***');
  });

  it('names the fields that are wrong, secret ones too', async () => {
    const said = await saidOf(admin.patch<AdminErrorBody>('/channels/openai', { api_key: 5 }));
    expect(JSON.parse(said).error.issues).toMatchObject([{ path: 'api_key', message: expect.any(String) }]);
    expect(said).toContain('api_key');
    expect(said).not.toContain('***');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

interface FlatKey {
  readonly id: string;
  readonly key: string;
  readonly user: string;
}

const cleanUp = createCleanUp();
let gateway: Gateway;
let standIn: OpenAiStandIn;
let admin: AdminClient;
beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const channel = aChannel('openai', standIn.url, standIn.apiKey);
  const document = aDocument({
    users: {
      ann: aUser({ name: 'Ann Li' }),
      twin1: aUser({ name: 'Twin' }),
      twin2: aUser({ name: 'Twin' }),
    },
    proxy_keys: { old: aKey('ann', 'pk-of-ann-old'), ref: aKey('twin1', 'env:TWIN_KEY') },
    channels: { first: channel, second: channel },
  });
  gateway = cleanUp.closing(await startGateway(document, { env: { TWIN_KEY: 'pk-of-twin' } }));
  admin = adminClient(gateway);
});
afterAll(cleanUp.run);

const order = (body: object) => admin.post<FlatKey & AdminErrorBody>('/auth/keys', body);

async function proxied(key: string, channel?: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(channel === undefined ? {} : { 'x-aiproxy-channel': channel }),
  };
  const response = await fetch(`${gateway.proxyUrl}/v1/models`, { headers });
  await response.arrayBuffer();
  return response.status;
}

describe('keys for scripts', () => {
  test('are listed flat and masked, a reference as it is', async () => {
    const { body } = await admin.get<{ keys: FlatKey[] }>('/auth/keys?user=Ann%20Li');
    expect(body.keys).toEqual([
      {
        id: 'old',
        key: '***-old',
        user: 'ann',
        user_name: 'Ann Li',
        name: null,
        status: 'active',
        channels: null,
        models: null,
        expires_at: null,
        created_at: null,
      },
    ]);
    const all = await admin.get<{ keys: FlatKey[] }>('/auth/keys');
    expect(all.body.keys.find(({ id }) => id === 'ref')?.key).toBe('env:TWIN_KEY');
    expect((await admin.get<{ keys: FlatKey[] }>('/auth/keys?user=nobody')).body.keys).toEqual([]);
  });

  test('are made for a user by id or by name, narrowed to channels, and work at once', async () => {
    for (const user of ['ann', 'Ann Li']) {
      const { status, body } = await order({ user, channels: ['second'] });
      expect([status, body.user]).toEqual([201, 'ann']);
      expect([await proxied(body.key), await proxied(body.key, 'first')]).toEqual([200, 403]);
    }
  });

  test('add the user where that is asked for, with just these channels', async () => {
    const { status, body } = await order({ user: 'New Person', create_user: true, channels: ['first'] });
    expect(status).toBe(201);
    expect((await admin.get(`/users/${body.user}`)).body).toMatchObject({
      name: 'New Person',
      channels: ['first'],
    });
    expect([await proxied(body.key), await proxied(body.key, 'second')]).toEqual([200, 403]);
    const again = await order({ user: 'New Person', create_user: true, channels: ['first'] });
    expect(again.body.user).toBe(body.user);
  });

  test('are at /auth/keys of the console, too, behind the same credential', async () => {
    const url = `${gateway.consoleUrl}/auth/keys`;
    expect((await fetch(url)).status).toBe(401);
    const headers = { authorization: `Bearer ${gateway.runToken}` };
    const answer = await fetch(url, { headers });
    expect([answer.status, await answer.json()]).toEqual([200, (await admin.get('/auth/keys')).body]);
    const body = new URLSearchParams({ user: 'ann' });
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(403);
  });

  test.each([
    ['a user nobody knows', { user: 'nobody' }, 422, 'user'],
    ['a new user without channels', { user: 'nobody', create_user: true }, 422, 'channels'],
    ['a name that two users have', { user: 'Twin' }, 409, null],
    ['a channel nobody knows', { user: 'ann', channels: ['third'] }, 422, 'channels.0.id'],
    [
      'a new user’s channel nobody knows',
      { user: 'n', create_user: true, channels: ['third'] },
      422,
      'channels.0',
    ],
    ['a member nobody knows', { user: 'ann', chanels: [] }, 422, 'chanels'],
    ['a time that is none', { user: 'ann', expires_at: 'soon' }, 422, 'expires_at'],
  ])('are refused for %s, and nobody is added', async (_, body, status, param) => {
    const users = (await admin.get<{ total: number }>('/users')).body.total;
    const answer = await order(body);
    expect([answer.status, answer.body.error.param]).toEqual([status, param]);
    expect((await admin.get<{ total: number }>('/users')).body.total).toBe(users);
  });
});

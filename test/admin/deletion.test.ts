import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '../../src-main/contract/document.ts';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let admin: AdminClient;
let standIn: OpenAiStandIn;
beforeEach(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const channel = aChannel('openai', standIn.url, standIn.apiKey);
  const document = aDocument({
    channels: { first: channel, second: channel },
    groups: { team: { channels: ['first'] } },
    users: {
      ann: aUser({ channels: ['first', 'second'] }),
      ben: aUser({ channels: [], group: 'team' }),
      eve: aUser(),
    },
    proxy_keys: {
      'ann-1': aKey('ann', 'pk-of-ann-1'),
      'ann-2': aKey('ann', 'pk-of-ann-2', { channels: [{ id: 'first' }] }),
      'ben-1': aKey('ben', 'pk-of-ben-1'),
    },
    system: { anonymous_user: 'ann' },
  });
  gateway = cleanUp.closing(await startGateway(document));
  admin = adminClient(gateway);
});
afterEach(cleanUp.run);

async function proxied(key: string): Promise<number> {
  const response = await fetch(`${gateway.proxyUrl}/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await response.arrayBuffer();
  return response.status;
}

/** What the files say. */
async function onDisk(): Promise<Partial<Document>> {
  const files = await Promise.all(
    ['users', 'channels', 'system'].map((name) =>
      readFile(join(gateway.dataDir, 'config', `${name}.json`), 'utf8'),
    ),
  );
  return Object.assign({}, ...files.map((text) => JSON.parse(text)));
}

const refused = (path: string) => admin.delete<AdminErrorBody>(path);

describe('deleting what others name', () => {
  test.each([
    ['/users/ann', { proxy_keys: ['ann-1', 'ann-2'], system: ['anonymous_user'] }],
    ['/groups/team', { users: ['ben'] }],
    ['/channels/first', { users: ['ann'], groups: ['team'], proxy_keys: ['ann-2'] }],
  ])('%s says what it would affect, and changes nothing', async (path, affected) => {
    const before = await onDisk();
    const { status, body } = await refused(path);
    expect([status, body.error.code, body.error.affected]).toEqual([409, 'conflict', affected]);
    expect(body.error.message).toContain('?force=true');
    expect(await onDisk()).toEqual(before);
  });

  test('takes a user’s keys and anonymous access along when it is forced', async () => {
    expect(await proxied('pk-of-ann-1')).toBe(200);
    expect((await admin.delete('/users/ann?force=true')).status).toBe(204);
    expect([await proxied('pk-of-ann-1'), await proxied('pk-of-ann-2')]).toEqual([401, 401]);
    expect(await onDisk()).toMatchObject({ proxy_keys: { 'ben-1': {} }, system: {} });
    expect((await onDisk()).system).toEqual(expect.not.objectContaining({ anonymous_user: 'ann' }));
  });

  test('takes a channel out of every list and never widens one', async () => {
    expect([await proxied('pk-of-ann-2'), await proxied('pk-of-ben-1')]).toEqual([200, 200]);
    expect((await admin.delete('/channels/first?force=true')).status).toBe(204);
    expect(await onDisk()).toMatchObject({
      users: { ann: { channels: ['second'] }, ben: { channels: [] }, eve: { channels: '*' } },
      groups: { team: { channels: [] } },
      proxy_keys: { 'ann-2': { channels: [] } },
    });
    const allowed = standIn.requests.length;
    expect([await proxied('pk-of-ann-2'), await proxied('pk-of-ben-1')]).toEqual([404, 404]);
    expect(standIn.requests).toHaveLength(allowed);
    expect(await proxied('pk-of-ann-1')).toBe(200);
  });

  test('takes a group out of its users', async () => {
    expect((await admin.delete('/groups/team?force=true')).status).toBe(204);
    expect((await onDisk()).users?.ben).not.toHaveProperty('group');
    expect(await proxied('pk-of-ben-1')).toBe(404);
  });

  test('is written down with what it affected', async () => {
    await admin.delete('/groups/team?force=true');
    const { body } = await admin.get<{ items: object[] }>('/audit?action=group.delete');
    expect(body.items).toMatchObject([{ target: 'team', details: { affected: { users: ['ben'] } } }]);
  });
});

describe('an id', () => {
  test('of a user that is gone, or of one of its keys, is not given again, not even after a restart', async () => {
    await admin.delete('/users/ann?force=true');
    const kept = await readFile(join(gateway.dataDir, 'state', 'retired-ids.jsonl'), 'utf8');
    expect(
      kept
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id)
        .toSorted(),
    ).toEqual(['ann', 'ann-1', 'ann-2']);
    const again = await admin.post<AdminErrorBody>('/users', { id: 'ann' });
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
    expect((await admin.post('/proxy-keys', { id: 'ann-1', user: 'eve' })).status).toBe(409);
    expect((await admin.post('/users', { id: 'anna' })).status).toBe(201);
  });

  test('of a user that was deleted in the file is not given again either', async () => {
    const document = await onDisk();
    const { eve: _, ...users } = document.users ?? {};
    await gateway.edit(aDocument({ ...document, users }));
    await expect.poll(async () => (await admin.get('/users/eve')).status).toBe(404);
    await expect.poll(async () => (await admin.post('/users', { id: 'eve' })).status).toBe(409);
  });
});

test('what is edited by hand is audited too, its secrets masked', async () => {
  const document = await onDisk();
  const users = { ...document.users, ann: aUser({ name: 'Anna' }) };
  const channels = {
    first: aChannel('openai', standIn.url, 'channel-key-by-hand'),
    second: document.channels?.second,
  };
  await gateway.edit(aDocument({ ...document, users, channels: channels as Document['channels'] }));
  const entries = async () => (await admin.get<{ items: { action: string }[] }>('/audit')).body.items;
  await expect.poll(async () => (await entries()).map(({ action }) => action)).toContain('channel.update');
  expect(await entries()).toContainEqual(
    expect.objectContaining({
      actor: { kind: 'file', address: null },
      action: 'user.update',
      target: 'ann',
      changes: expect.arrayContaining([{ member: 'name', before: null, after: 'Anna' }]),
    }),
  );
  expect(JSON.stringify(await entries())).not.toContain('channel-key-by-hand');
});

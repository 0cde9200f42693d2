import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SECRETS = {
  api_key: 'channel-key-1',
  headers: { 'x-org': 'org-secret-value' },
  outbound_proxy: 'http://me:pass-word@proxy.example:3128',
};

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
beforeEach(async () => {
  const document = aDocument({
    channels: {
      c: { platform: 'openai', name: 'C', base_url: 'https://api.example.com', ...SECRETS, old_member: 1 },
    },
    users: { ann: aUser() },
  });
  opened = await openConsole(cleanUp, { document });
  admin = adminClient(opened);
});
afterEach(cleanUp.run);

const stored = () => opened.store.get('channels', 'c')?.record;

describe('replacing a channel', () => {
  test('keeps the secrets that are left out, and nothing else', async () => {
    expect((await admin.put('/channels/c', { platform: 'openai' })).status).toBe(200);
    expect(stored()).toEqual({ platform: 'openai', ...SECRETS, updated_at: expect.any(String) });
  });

  test('removes a secret that is null', async () => {
    const body = { platform: 'openai', api_key: null, headers: { 'x-org': null }, outbound_proxy: null };
    expect((await admin.put('/channels/c', body)).status).toBe(200);
    expect(stored()).toEqual({ platform: 'openai', headers: {}, updated_at: expect.any(String) });
  });

  test('with what was read says which members are masked', async () => {
    const { body } = await admin.get('/channels/c');
    const answer = await admin.put<AdminErrorBody>('/channels/c', body);
    expect(answer.status).toBe(422);
    const paths = answer.body.error.issues?.map(({ path }) => path);
    expect(paths?.toSorted()).toEqual(['api_key', 'headers.x-org', 'outbound_proxy']);
    expect(stored()).toMatchObject(SECRETS);
  });

  test('keeps a member nobody knows where it stood before, and takes no other', async () => {
    const known = { platform: 'openai', old_member: 2 };
    expect((await admin.put('/channels/c', known)).status).toBe(200);
    expect(stored()).toMatchObject({ old_member: 2 });
    const { status, body } = await admin.put<AdminErrorBody>('/channels/c', { ...known, new_member: 1 });
    expect([status, body.error.param]).toEqual([422, 'new_member']);
  });
});

describe('changing a channel in part', () => {
  test('keeps what is not named, and takes a secret out with null', async () => {
    const { status } = await admin.patch('/channels/c', {
      name: null,
      headers: { 'x-org': null, 'x-new': 'v' },
    });
    expect(status).toBe(200);
    expect(stored()).toMatchObject({ api_key: SECRETS.api_key, headers: { 'x-new': 'v' }, old_member: 1 });
    expect(stored()).not.toHaveProperty('name');
  });

  test('that changes nothing writes nothing', async () => {
    const before = opened.store.current;
    const { status, body, etag } = await admin.patch('/channels/c', { name: 'C', updated_at: 'ignored' });
    expect([status, body, etag]).toEqual([200, (await admin.get('/channels/c')).body, etag]);
    expect(opened.store.current).toBe(before);
    expect(opened.audited).toEqual([]);
  });

  test('to an address that is never allowed says where', async () => {
    for (const base_url of [
      'http://169.254.169.254/v1',
      'http://[::ffff:169.254.169.254]',
      'http://2852039166',
    ]) {
      const { status, body } = await admin.patch<AdminErrorBody>('/channels/c', { base_url });
      expect([status, body.error.issues?.[0]?.path]).toEqual([422, 'base_url']);
    }
  });

  test('cannot move it to another id', async () => {
    const { status, body } = await admin.patch<AdminErrorBody>('/channels/c', { id: 'd' });
    expect([status, body.error.param]).toEqual([422, 'id']);
  });
});

test('admins at once all have their way where they change different members', async () => {
  const changes = [{ name: 'Ann' }, { department: 'Sales' }, { notes: 'n' }, { failover: true }];
  const answers = await Promise.all(changes.map((change) => admin.patch('/users/ann', change)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(opened.store.get('users', 'ann')?.record).toMatchObject(Object.assign({}, ...changes));
});

test('of two admins who have seen the same version one is told of the other’s', async () => {
  const { etag } = await admin.get('/users/ann');
  const seen = { 'if-match': String(etag) };
  const answers = await Promise.all([
    admin.patch('/users/ann', { name: 'One' }, seen),
    admin.patch('/users/ann', { name: 'Two' }, seen),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  const [winner, loser] = answers.toSorted((a, b) => a.status - b.status);
  expect(loser?.etag).toBe(winner?.etag);
  expect(loser?.body).toMatchObject({ error: { current: winner?.body } });
});

test('a file that was edited by hand and cannot be read is not written over', async () => {
  await writeFile(join(opened.dataDir, 'config', 'users.json'), '{ "version": 1, "users": { oops');
  const asked = admin.patch<AdminErrorBody>('/users/ann', { name: 'Ann' });
  // It is looked at once more after a moment, before it is taken for broken.
  let answered = false;
  void asked.then(() => {
    answered = true;
  });
  while (!answered) await opened.clock.advanceAsync(100);
  const { status, body } = await asked;
  expect([status, body.error.code]).toEqual([409, 'conflict']);
  expect(await readFile(join(opened.dataDir, 'config', 'users.json'), 'utf8')).toContain('oops');
});

test('a configuration in the older format is read, and every change is refused with the way out', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const configPath = join(folder.path, 'all.yaml');
  const text = 'users:\n  ann: { name: Ann, proxy_key: pk-of-ann }\n';
  await writeFile(configPath, text);
  const gateway = cleanUp.closing(await startGateway(aDocument({}), { configPath }));
  expect(gateway.notices).toContainEqual(expect.stringMatching(/older format.*set AIPROXY_ADMIN_TOKEN$/));
  const legacy = adminClient(gateway);
  expect((await legacy.get('/users/ann')).body).toMatchObject({ id: 'ann', name: 'Ann' });
  for (const answer of [
    await legacy.post<AdminErrorBody>('/users', { name: 'Ben' }),
    await legacy.patch<AdminErrorBody>('/users/ann', { name: 'Anna' }),
    await legacy.delete<AdminErrorBody>('/users/ann?force=true'),
    await legacy.patch<AdminErrorBody>('/system', { log_level: 'info' }),
    await legacy.post<AdminErrorBody>('/auth/keys', { user: 'ann' }),
  ]) {
    expect([answer.status, answer.body.error.code]).toEqual([409, 'config_read_only']);
    expect(answer.body.error.message).toContain('aiproxy import');
  }
  expect(await readFile(configPath, 'utf8')).toBe(text);
});

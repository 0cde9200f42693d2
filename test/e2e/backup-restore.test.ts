import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { BackupSummary } from '../../src-main/core/control-ports.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startGateway } from '../support/start-gateway.ts';
import { usageReport } from '../support/usage-report.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

/** A gateway on which a user named Anna has asked a platform so many things. */
async function usedGateway(requests: number) {
  const platform = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { anna: aUser() },
    proxy_keys: { anna: aKey('anna', 'pk-of-anna') },
    channels: { main: aChannel('openai', platform.url, 'channel-key-openai') },
  });
  const gateway = cleanUp.closing(await startGateway(document));
  for (let count = 0; count < requests; count++) expect(await ask(gateway.proxyUrl)).toBe(200);
  return { ...gateway, platform, admin: adminClient(gateway) };
}

async function emptyGateway() {
  const gateway = cleanUp.closing(await startGateway(aDocument({})));
  return { ...gateway, admin: adminClient(gateway) };
}

async function ask(proxyUrl: string, key = 'pk-of-anna'): Promise<number> {
  const answer = await fetch(`${proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-stand-in', messages: [{ role: 'user', content: 'Hello!' }] }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function download(admin: AdminClient): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await admin.fetch('/backup', { method: 'POST' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/gzip');
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="aiproxy-backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar\.gz"$/,
  );
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.headers.get('content-length')).toBe(String(bytes.length));
  return bytes;
}

const upload = (admin: AdminClient, body: Uint8Array<ArrayBuffer>, type = 'application/gzip') =>
  admin.fetch('/restore', { method: 'POST', headers: { 'content-type': type }, body });

describe('a backup over the admin API', () => {
  test('restored elsewhere gives the same document, statistics and, at once, the same keys', async () => {
    const one = await usedGateway(7);
    const bytes = await download(one.admin);
    await one.stop();
    const other = await emptyGateway();
    expect(await ask(other.proxyUrl)).toBe(401);
    const restored = await upload(other.admin, bytes);
    expect([restored.status, await restored.json()]).toEqual([
      200,
      expect.objectContaining({
        admin_token_changed: true,
        previous: expect.stringContaining('before-restore'),
      }),
    ]);
    expect(await ask(other.proxyUrl)).toBe(200);
    expect(one.platform.requests.at(-1)?.header('authorization')).toEqual(['Bearer channel-key-openai']);
    await other.stop();
    const [before, after] = [await usageReport(one.dataDir), await usageReport(other.dataDir)];
    // Seven of the backup and one since; the refused request of before the restore is not among them.
    expect(before.total.requests).toBe(7);
    expect(after.total).toMatchObject({ requests: 8, success: 8 });
    expect(after.total.tokens_in * 7).toBe(before.total.tokens_in * 8);
    for (const name of ['users.json', 'channels.json', 'system.json']) {
      const read = async (dir: string) => JSON.parse(await readFile(join(dir, 'config', name), 'utf8'));
      expect(await read(other.dataDir)).toEqual(await read(one.dataDir));
    }
  });

  test('takes the admin token along: the old one and its sessions are over', async () => {
    const one = await usedGateway(0);
    const other = await emptyGateway();
    const theirs = other.admin.as(other.firstStart?.adminToken ?? '');
    const session = await theirs.signIn();
    expect((await upload(session, await download(one.admin))).status).toBe(200);
    const asked = [theirs, session, other.admin.as(one.firstStart?.adminToken ?? '')];
    const answers = await Promise.all(asked.map((client) => client.get('/status')));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200]);
  });

  test('takes back what a restore replaced, statistics included', async () => {
    const one = await usedGateway(3);
    const empty = await download((await emptyGateway()).admin);
    const { previous } = await (await upload(one.admin, empty)).json();
    expect(await ask(one.proxyUrl)).toBe(401);
    expect((await upload(one.admin, new Uint8Array(await readFile(previous)))).status).toBe(200);
    expect(await ask(one.proxyUrl)).toBe(200);
    await one.stop();
    expect((await usageReport(one.dataDir)).total.requests).toBe(4);
    const left = await readdir(one.dataDir);
    expect(left.filter((name) => /^usage./.test(name))).toEqual([]);
  });

  test('goes on serving while backups are made and restored', async () => {
    const one = await usedGateway(1);
    const bytes = await download(one.admin);
    const work = { done: false };
    const serving = (async () => {
      const statuses: number[] = [];
      while (!work.done) statuses.push(await ask(one.proxyUrl));
      return statuses;
    })();
    await upload(one.admin, bytes);
    await download(one.admin);
    work.done = true;
    const statuses = await serving;
    expect(statuses.length).toBeGreaterThan(10);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('a restore over the admin API', () => {
  test('refuses what is no backup, says why, and changes nothing', async () => {
    const one = await usedGateway(1);
    const answer = await upload(one.admin, new TextEncoder().encode('hello'));
    expect(answer.status).toBe(422);
    expect((await answer.json()).error).toMatchObject({
      code: 'validation_failed',
      message: 'nothing was restored: it is damaged, or no backup at all',
    });
    expect(await ask(one.proxyUrl)).toBe(200);
  });

  test('takes nothing but application/gzip, and only from who may', async () => {
    const one = await usedGateway(0);
    const bytes = await download(one.admin);
    expect((await upload(one.admin, bytes, 'text/plain')).status).toBe(403);
    expect((await upload(one.admin.as('wrong'), bytes)).status).toBe(401);
    expect((await one.admin.fetch('/restore', { method: 'POST' })).status).toBe(422);
  });

  test('is written down, as a backup is, and no key with it', async () => {
    const one = await usedGateway(1);
    await upload(one.admin, await download(one.admin));
    const { body } = await one.admin.get<{ items: { action: string; details?: BackupSummary }[] }>('/audit');
    expect(body.items.map(({ action }) => action)).toEqual(['backup.restore', 'backup.create']);
    expect(body.items[1]?.details?.files).toBe(4);
    expect(JSON.stringify(body)).not.toMatch(/pk-of-anna|channel-key/);
  });
});

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hashAdminToken } from '../../src-main/admin/admin-token.ts';
import type { AppOptions } from '../../src-main/app-options.ts';
import type { Document } from '../../src-main/contract/document.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { openConsole } from '../support/open-console.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { writeDocument } from '../support/write-document.ts';

const TOKEN = 'at-stored-token';
const DAY_MS = 24 * 3_600_000;
const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const stored = (token = TOKEN): Document =>
  aDocument({ system: { admin_token_hash: hashAdminToken(token) } });
const statusOf = async (client: AdminClient): Promise<number> => (await client.get('/status')).status;
const fileOf = (dataDir: string): string => join(dataDir, 'state', 'sessions.json');

interface Item {
  readonly id: string;
  readonly current: boolean;
  readonly remembered: boolean;
  readonly address: string | null;
  readonly agent: string | null;
  readonly last_used_at: string;
}
const list = async (client: AdminClient): Promise<readonly Item[]> =>
  (await client.get<{ items: readonly Item[] }>('/sessions')).body.items;

interface Begun {
  readonly session: string;
  readonly id: string;
  readonly expires_at: string;
}

const first = async (options: Partial<AppOptions> = {}): Promise<Gateway> =>
  cleanUp.closing(await startGateway(stored(), options));
const again = async (
  before: Gateway,
  document: Document,
  options: Partial<AppOptions> = {},
): Promise<Gateway> => {
  await before.stop();
  const { dataDir } = before;
  await writeDocument(dataDir, document);
  return { ...cleanUp.closing(await startGateway(document, { dataDir, ...options })), dataDir };
};

describe('sessions over a restart', () => {
  test('go on, whichever admin token they were begun with', async () => {
    const before = await first();
    const sessions = [
      await adminClient(before, TOKEN).signIn(),
      await adminClient(before, before.runToken).signIn(),
    ];
    const { body } = await adminClient(before, TOKEN).post<Begun>('/session', { token: TOKEN });
    expect(sessions).toHaveLength(2);
    const after = await again(before, stored());
    const client = adminClient(after, body.session);
    expect(await statusOf(client)).toBe(200);
    expect((await list(client)).length).toBe(3);
  });

  test('stand in a private file as hashes, and in no backup', async () => {
    const before = await first();
    const { body } = await adminClient(before, TOKEN).post<Begun>('/session', { token: TOKEN });
    const text = await readFile(fileOf(before.dataDir), 'utf8');
    expect(text).toContain(hashAdminToken(body.session));
    expect(text).not.toContain(body.session);
    if (process.platform !== 'win32') expect((await stat(fileOf(before.dataDir))).mode & 0o777).toBe(0o600);
    const backup = await adminClient(before, TOKEN).fetch('/backup', { method: 'POST' });
    const restored = await adminClient(before, TOKEN).fetch('/restore', {
      method: 'POST',
      headers: { 'content-type': 'application/gzip' },
      body: await backup.arrayBuffer(),
    });
    // All of them are over, though the admin token is the same.
    expect([restored.status, (await restored.json()).admin_token_changed]).toEqual([200, false]);
    expect(await statusOf(adminClient(before, body.session))).toBe(401);
    expect(await statusOf(adminClient(before, TOKEN))).toBe(200);
    const after = await again(before, stored());
    expect(await statusOf(adminClient(after, body.session))).toBe(401);
    const names = await readdir(join(before.dataDir, 'backups'));
    expect(names).toHaveLength(1);
  });

  test('that were ended stay ended, also where the program was killed behind the answer', async () => {
    const before = await first();
    const admin = adminClient(before, TOKEN);
    const { body } = await admin.post<Begun>('/session', { token: TOKEN });
    expect((await admin.delete(`/sessions/${body.id}`)).status).toBe(204);
    // What is on the disk now is what the next start reads.
    expect(await readFile(fileOf(before.dataDir), 'utf8')).not.toContain(hashAdminToken(body.session));
  });

  test('end with a stored token that was replaced meanwhile, and with a chosen one of the run that is another now', async () => {
    const before = await first({ adminToken: 'chosen-by-an-admin' });
    const [ofStored, ofRun] = await Promise.all(
      [TOKEN, before.runToken].map(
        async (token) => (await adminClient(before, null).post<Begun>('/session', { token })).body.session,
      ),
    );
    const same = await again(before, stored(), { adminToken: 'chosen-by-an-admin' });
    expect(await statusOf(adminClient(same, ofRun ?? ''))).toBe(200);
    const other = await again(same, stored(), { adminToken: 'chosen-by-another' });
    expect(await statusOf(adminClient(other, ofRun ?? ''))).toBe(401);
    expect(await statusOf(adminClient(other, ofStored ?? ''))).toBe(200);
    const reset = await again(other, stored('at-newer'), { adminToken: 'chosen-by-another' });
    expect(await statusOf(adminClient(reset, ofStored ?? ''))).toBe(401);
  });

  test('are over where their file is damaged, and the program starts all the same', async () => {
    const before = await first();
    const { body } = await adminClient(before, TOKEN).post<Begun>('/session', { token: TOKEN });
    await before.stop();
    await writeFile(fileOf(before.dataDir), '{"v":1,"sess');
    const after = await again(before, stored());
    expect(await statusOf(adminClient(after, body.session))).toBe(401);
    expect(await statusOf(adminClient(after, TOKEN))).toBe(200);
  });
});

describe('the list of sessions', () => {
  test('tells when, from where and with what, and which one asks', async () => {
    const opened = await openConsole(cleanUp, { document: stored() });
    const admin = adminClient(opened, TOKEN);
    const { body } = await admin.post<Begun>(
      '/session',
      { token: TOKEN, remember: true },
      { 'user-agent': 'Firefox' },
    );
    opened.clock.advance(1_000);
    const other = await admin.signIn();
    opened.clock.advance(60_000);
    const items = await list(admin.as(body.session));
    expect(items.map(({ current, remembered }) => [current, remembered])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(items[0]).toMatchObject({ id: body.id, address: '127.0.0.1', agent: 'Firefox' });
    expect(Date.parse(items[0]?.last_used_at ?? '')).toBe(opened.clock.now());
    expect((await list(other)).find(({ current }) => current)?.id).not.toBe(body.id);
    expect(JSON.stringify(items)).not.toMatch(/as-|hash/);
  });

  test('ends one of them, or all others', async () => {
    const opened = await openConsole(cleanUp, { document: stored() });
    const admin = adminClient(opened, TOKEN);
    const [one, two, three] = [await admin.signIn(), await admin.signIn(), await admin.signIn()];
    const own = (await list(two)).find(({ current }) => current);
    expect((await one.delete(`/sessions/${own?.id}`)).status).toBe(204);
    expect((await one.delete(`/sessions/${own?.id}`)).status).toBe(404);
    expect([await statusOf(one), await statusOf(two), await statusOf(three)]).toEqual([200, 401, 200]);
    expect((await three.delete('/sessions')).status).toBe(204);
    expect([await statusOf(one), await statusOf(three)]).toEqual([401, 200]);
    expect(opened.audited.at(-1)).toMatchObject({ action: 'session.end_others', details: { ended: 1 } });
  });

  test('a remembered session lasts thirty days, busy or idle', async () => {
    const opened = await openConsole(cleanUp, { document: stored() });
    const admin = adminClient(opened, TOKEN);
    const { body } = await admin.post<Begun>('/session', { token: TOKEN, remember: true });
    expect(Date.parse(body.expires_at) - opened.clock.now()).toBe(30 * DAY_MS);
    opened.clock.advance(30 * DAY_MS - 1);
    expect(await statusOf(admin.as(body.session))).toBe(200);
    opened.clock.advance(1);
    expect(await statusOf(admin.as(body.session))).toBe(401);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashAdminToken } from '../../src-main/admin/admin-token.ts';
import { type AdminClient, type AdminErrorBody, adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { nextDocument } from '../support/test-store.ts';
import { writeDocument } from '../support/write-document.ts';

const TOKEN = 'at-stored-token';
const HOUR_MS = 3_600_000;

const cleanUp = createCleanUp();
let opened: OpenConsole;
let admin: AdminClient;
const stored = () => aDocument({ system: { admin_token_hash: hashAdminToken(TOKEN) } });
beforeEach(async () => {
  opened = await openConsole(cleanUp, { document: stored() });
  admin = adminClient(opened, TOKEN);
});
afterEach(cleanUp.run);

const begin = (token: unknown) =>
  admin.as(null).post<AdminErrorBody & { session: string; expires_at: string }>('/session', { token });
const statusOf = async (client: AdminClient): Promise<number> => (await client.get('/status')).status;

describe('signing in', () => {
  test('exchanges the admin token for a session of at most seven days', async () => {
    const { status, body } = await begin(TOKEN);
    expect(status).toBe(200);
    expect(body.session).toMatch(/^as-[\w-]{32}$/);
    expect(Date.parse(body.expires_at) - opened.clock.now()).toBe(7 * 24 * HOUR_MS);
    expect(await statusOf(admin.as(body.session))).toBe(200);
  });

  test('is refused to a wrong token, the stored hash, and a session', async () => {
    const { body } = await begin(TOKEN);
    for (const wrong of ['at-wrong', hashAdminToken(TOKEN), body.session]) {
      const answer = await begin(wrong);
      expect([answer.status, answer.body.error.code]).toEqual([401, 'invalid_admin_token']);
    }
  });

  test('counts ten wrong tokens of an address a minute; the right one still works meanwhile', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 12; count++) statuses.push((await begin(`at-guess-${count}`)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    const late = await begin('at-guess');
    expect(late.body.error.code).toBe('too_many_attempts');
    expect(late.headers.get('retry-after')).toBe('60');
    expect((await begin(TOKEN)).status).toBe(200);
    expect(await statusOf(admin)).toBe(200);
    opened.clock.advance(60_000);
    expect((await begin('at-guess')).status).toBe(401);
  });

  test('counts guesses at any path, so that none is a way around', async () => {
    for (let count = 0; count < 10; count++) await statusOf(admin.as(`at-guess-${count}`));
    expect(await statusOf(admin.as('at-guess'))).toBe(429);
    expect((await begin('at-guess')).status).toBe(429);
  });

  test('takes a small body only, from anyone', async () => {
    expect((await begin('x'.repeat(20_000))).status).toBe(413);
    expect((await begin('')).status).toBe(422);
    expect((await begin({ toString: 'x' })).status).toBe(422);
  });

  test('is audited, refused or not, without the tokens', async () => {
    await begin('at-wrong-token');
    const { body } = await begin(TOKEN);
    await admin.as(body.session).delete('/session');
    expect(opened.audited.map(({ action, actor }) => [action, actor.address])).toEqual([
      ['session.refuse', '127.0.0.1'],
      ['session.begin', '127.0.0.1'],
      ['session.end', '127.0.0.1'],
    ]);
    const text = JSON.stringify(opened.audited);
    for (const secret of ['at-wrong-token', TOKEN, body.session]) expect(text).not.toContain(secret);
  });
});

describe('a session', () => {
  test('ends when it is signed out, and no other one with it', async () => {
    const [first, second] = [await admin.signIn(), await admin.signIn()];
    expect((await first.delete('/session')).status).toBe(204);
    expect([await statusOf(first), await statusOf(second), await statusOf(admin)]).toEqual([401, 200, 200]);
  });

  test('ends after twelve hours without a request', async () => {
    const session = await admin.signIn();
    opened.clock.advance(12 * HOUR_MS - 1);
    expect(await statusOf(session)).toBe(200);
    opened.clock.advance(12 * HOUR_MS - 1);
    expect(await statusOf(session)).toBe(200);
    opened.clock.advance(12 * HOUR_MS);
    expect(await statusOf(session)).toBe(401);
  });

  test('ends after seven days, however busy', async () => {
    const session = await admin.signIn();
    for (let hours = 6; hours < 7 * 24; hours += 6) {
      opened.clock.advance(6 * HOUR_MS);
      expect(await statusOf(session)).toBe(200);
    }
    opened.clock.advance(6 * HOUR_MS);
    expect(await statusOf(session)).toBe(401);
  });

  test('ends when the stored admin token changes, whichever token it was begun with, also by hand', async () => {
    const session = await admin.signIn();
    const ofThisRun = await admin.as(opened.runToken).signIn();
    const edited = nextDocument(opened.store);
    await writeDocument(opened.dataDir, {
      ...stored(),
      system: { admin_token_hash: hashAdminToken('at-newer-token') },
    });
    await opened.clock.advanceAsync(2_000);
    await edited;
    expect([await statusOf(session), await statusOf(admin)]).toEqual([401, 401]);
    expect([await statusOf(ofThisRun), await statusOf(admin.as('at-newer-token'))]).toEqual([401, 200]);
    expect(await statusOf(admin.as(opened.runToken))).toBe(200);
  });

  test('is no admin token: it can be used up, but not exchanged for another one', async () => {
    const session = await admin.signIn();
    await expect(session.signIn()).rejects.toThrow('401');
  });
});

test('a session that is over is refused as often as it asks, and makes nobody wait', async () => {
  const { consoleUrl } = await openConsole(cleanUp);
  const asked = Array.from({ length: 20 }, async () => {
    const headers = { authorization: 'Bearer as-over' };
    return (await fetch(`${consoleUrl}/api/v1/status`, { headers })).status;
  });
  expect(new Set(await Promise.all(asked))).toEqual(new Set([401]));
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

async function gateway() {
  const started = cleanUp.closing(await startGateway(aDocument({})));
  const ask = (path: string, credential: string, init: RequestInit = {}) =>
    fetch(`${started.consoleUrl}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
    });
  const signIn = async (token: string): Promise<string> => {
    const answer = await ask('/session', 'none', { method: 'POST', body: JSON.stringify({ token }) });
    return (await answer.json()).session;
  };
  return { ...started, ask, signIn, token: started.firstStart?.adminToken ?? '' };
}

describe('a new admin token', () => {
  test('is made with the present one, which is void at once, and with it its sessions', async () => {
    const { ask, signIn, token } = await gateway();
    const session = await signIn(token);
    const answer = await ask('/admin-token', session, { method: 'POST' });
    const { admin_token } = await answer.json();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const statuses = [token, session, admin_token].map(async (one) => (await ask('/status', one)).status);
    expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
    expect((await ask('/status', await signIn(admin_token))).status).toBe(200);
  });

  test('leaves this run’s own token alone', async () => {
    const { ask, runToken } = await gateway();
    expect((await ask('/admin-token', runToken, { method: 'POST' })).status).toBe(200);
    expect((await ask('/status', runToken)).status).toBe(200);
  });

  test('is made for nobody without a credential', async () => {
    const { ask, token } = await gateway();
    expect((await ask('/admin-token', 'wrong', { method: 'POST' })).status).toBe(401);
    expect((await ask('/status', token)).status).toBe(200);
  });

  test('stands in no file, but that it was made stands in the audit log', async () => {
    const { ask, token, dataDir, stop } = await gateway();
    const { admin_token } = await (await ask('/admin-token', token, { method: 'POST' })).json();
    await stop();
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    expect(texts.filter((text) => text.includes(admin_token))).toEqual([]);
    expect(texts.filter((text) => text.includes('admin_token.reset'))).toHaveLength(1);
  });
});

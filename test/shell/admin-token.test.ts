import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';
import { fakeTerminal } from './fake-terminal.ts';

const cleanUp = createCleanUp();
let folder: TempFolder;

beforeEach(async () => {
  folder = await tempFolder();
  cleanUp.add(() => folder.remove());
});

afterEach(() => cleanUp.run());

async function aiproxy(dataDir: string, ...argv: string[]) {
  const terminal = fakeTerminal({ cwd: folder.path, env: { AIPROXY_DATA_DIR: dataDir } });
  return { code: await run(argv, terminal), ...terminal.printed };
}

/** Whether the admin API takes this token as it is. */
async function isTaken(consoleUrl: string, token: string): Promise<boolean> {
  const answer = await fetch(`${consoleUrl}/api/v1/status`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.status === 200;
}

describe('aiproxy admin-token', () => {
  test('makes a token that the next start takes in place of the old one, and prints nothing else', async () => {
    const first = await startGateway(aDocument({}), { dataDir: folder.path });
    const { adminToken = '' } = first.firstStart ?? {};
    expect(await isTaken(first.consoleUrl, adminToken)).toBe(true);
    await first.close();
    const { code, out } = await aiproxy(folder.path, 'admin-token', '--reset');
    expect([code, out]).toEqual([0, expect.stringMatching(/^at-[\w-]{32}\n$/)]);
    const next = cleanUp.closing(await startGateway(aDocument({}), { dataDir: folder.path }));
    expect(await isTaken(next.consoleUrl, out.trim())).toBe(true);
    expect(await isTaken(next.consoleUrl, adminToken)).toBe(false);
  });

  test('writes down that it was made, and not what', async () => {
    await writeDocument(folder.path, aDocument({ system: { admin_token_hash: 'ab'.repeat(32) } }));
    const { out } = await aiproxy(folder.path, 'admin-token', '--reset');
    const logs = join(folder.path, 'logs');
    const text = await readFile(join(logs, (await readdir(logs)).join()), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ action: 'admin_token.reset', actor: { kind: 'command' } });
    expect(text).not.toContain(out.trim());
  });

  test('explains itself without --reset, and changes nothing', async () => {
    const { code, err } = await aiproxy(folder.path, 'admin-token');
    expect([code, err]).toEqual([2, expect.stringContaining('--reset makes a new one')]);
  });

  test('says who runs on the data folder, and how that one is asked', async () => {
    const running = cleanUp.closing(await startGateway(aDocument({}), { dataDir: folder.path }));
    const { code, err, out } = await aiproxy(folder.path, 'admin-token', '--reset');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`process ${process.pid}`);
    expect(err).toContain('POST /api/v1/admin-token');
    expect(err.split('\n')).toHaveLength(2);
    expect(await isTaken(running.consoleUrl, running.firstStart?.adminToken ?? '')).toBe(true);
  });

  test('leaves the first start to make the first token', async () => {
    await writeDocument(folder.path, aDocument({}));
    const { code, err } = await aiproxy(folder.path, 'admin-token', '--reset');
    expect([code, err]).toEqual([
      1,
      'aiproxy: there is no admin token yet: the first start makes one and shows it\n',
    ]);
  });

  test('makes no data folder where there is none', async () => {
    const missing = join(folder.path, 'missing');
    const { code, err } = await aiproxy(missing, 'admin-token', '--reset');
    expect([code, err]).toEqual([1, `aiproxy: there is no data folder ${missing}\n`]);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('says what to do where the configuration is only read', async () => {
    await writeFile(join(folder.path, 'old.json'), '{"users":{}}');
    const { code, err } = await aiproxy(folder.path, 'admin-token', '--reset', '--config', 'old.json');
    expect(code).toBe(1);
    expect(err).toMatch(/older format.*AIPROXY_ADMIN_TOKEN/);
  });
});

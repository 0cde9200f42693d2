import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { usageReport } from '../support/usage-report.ts';
import { writeDocument } from '../support/write-document.ts';
import { fakeTerminal } from './fake-terminal.ts';

const cleanUp = createCleanUp();
const DOCUMENT = aDocument({
  users: { anna: aUser({ name: '安娜' }) },
  system: { admin_token_hash: 'ab'.repeat(32) },
});
let folder: TempFolder;
let data: string;

beforeEach(async () => {
  folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  data = join(folder.path, 'data');
  await writeDocument(data, DOCUMENT);
});

afterEach(() => cleanUp.run());

/** Runs a command that stands in the test's folder. */
async function aiproxy(...argv: string[]) {
  const terminal = fakeTerminal({ cwd: folder.path, env: { AIPROXY_DATA_DIR: data } });
  return { code: await run(argv, terminal), ...terminal.printed };
}

const restoreInto = (name: string, file = 'b.tar.gz') => aiproxy('restore', file, '--data-dir', name);
const users = async (dir: string): Promise<unknown> =>
  JSON.parse(await readFile(join(dir, 'config', 'users.json'), 'utf8')).users;

describe('aiproxy backup', () => {
  test('and restore bring document and statistics into a new data folder', async () => {
    const gateway = await startGateway(aDocument({}), { dataDir: data });
    for (let count = 0; count < 3; count++) await fetch(`${gateway.proxyUrl}/v1/models`);
    await gateway.close();
    const made = await aiproxy('backup', 'b.tar.gz');
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toBe(
      `Backed up 4 files in ${join(folder.path, 'b.tar.gz')}, and read them back. It holds keys: keep it safe.\n`,
    );
    const restored = await restoreInto('new');
    expect([restored.code, restored.err]).toEqual([0, '']);
    expect(restored.out).toMatch(
      /^Restored 4 files of the backup of \d{4}-.*Z\. Its admin token is valid again\.\n$/,
    );
    const other = join(folder.path, 'new');
    expect(await users(other)).toEqual(DOCUMENT.users);
    const [before, after] = [await usageReport(data), await usageReport(other)];
    expect(before.total.requests).toBe(3);
    expect(after).toEqual(before);
  });

  test('keeps the file that is there unless it is told to replace it', async () => {
    await writeFile(join(folder.path, 'b.tar.gz'), 'mine');
    const kept = await aiproxy('backup', 'b.tar.gz');
    expect([kept.code, kept.err]).toEqual([
      1,
      `aiproxy: ${join(folder.path, 'b.tar.gz')} exists already; --force replaces it\n`,
    ]);
    expect(await readFile(join(folder.path, 'b.tar.gz'), 'utf8')).toBe('mine');
    expect((await aiproxy('backup', 'b.tar.gz', '--force')).code).toBe(0);
    expect((await stat(join(folder.path, 'b.tar.gz'))).size).toBeGreaterThan(100);
  });

  test('takes the document from where --config says', async () => {
    await writeFile(join(folder.path, 'all.yaml'), 'version: 1\nusers:\n  ben: {} # a comment\n');
    expect((await aiproxy('backup', 'b.tar.gz', '--config', 'all.yaml')).code).toBe(0);
    await restoreInto('new');
    expect(await users(join(folder.path, 'new'))).toEqual({ ben: {} });
  });

  test('needs a file, and one', async () => {
    expect(await aiproxy('backup')).toMatchObject({
      code: 2,
      err: expect.stringContaining('backup needs a file'),
    });
    expect(await aiproxy('backup', 'a', 'b')).toMatchObject({
      code: 2,
      err: expect.stringContaining('backup takes no "b"'),
    });
  });

  test('says in one line where there is nothing to back up, or nowhere to put it', async () => {
    expect(await aiproxy('backup', 'b.tar.gz', '--data-dir', 'none')).toMatchObject({
      code: 1,
      err: `aiproxy: there is no data folder ${join(folder.path, 'none')}\n`,
    });
    expect(await aiproxy('backup', 'none/b.tar.gz')).toMatchObject({
      code: 1,
      err: 'aiproxy: the backup could not be made: no such folder\n',
    });
  });

  test('says who runs on the data folder, and how that one is asked', async () => {
    cleanUp.closing(await startGateway(aDocument({}), { dataDir: data }));
    const { code, err } = await aiproxy('backup', 'b.tar.gz');
    expect([code, err]).toEqual([1, expect.stringMatching(/process \d+.*POST \/api\/v1\/backup\n$/)]);
    expect(await readdir(folder.path)).toEqual(['data']);
  });
});

describe('aiproxy restore', () => {
  test('replaces what is there, keeps it, and writes both down', async () => {
    await aiproxy('backup', 'b.tar.gz');
    await writeDocument(data, aDocument({ users: { later: aUser() } }));
    const { code, out } = await aiproxy('restore', 'b.tar.gz');
    expect(code).toBe(0);
    const kept = /kept in (.*)\.\n$/.exec(out)?.[1] ?? '';
    expect(await users(data)).toEqual(DOCUMENT.users);
    await restoreInto('new', kept);
    expect(await users(join(folder.path, 'new'))).toEqual({ later: aUser() });
    const logs = (await readdir(join(data, 'logs'))).filter((name) => name.startsWith('audit-'));
    const audit = await readFile(join(data, 'logs', logs.join()), 'utf8');
    expect(audit.match(/"action":"[^"]*"/g)).toEqual([
      '"action":"backup.create"',
      '"action":"backup.restore"',
    ]);
  });

  test('of what is no backup leaves everything as it was, a new folder too', async () => {
    await writeFile(join(folder.path, 'b.tar.gz'), 'hello');
    const { code, err } = await restoreInto('new');
    expect([code, err]).toEqual([1, 'aiproxy: nothing was restored: it is damaged, or no backup at all\n']);
    expect((await readdir(folder.path)).sort()).toEqual(['b.tar.gz', 'data']);
  });

  test('says so where the file is not there', async () => {
    const { code, err } = await restoreInto('new');
    expect([code, err]).toEqual([
      1,
      `aiproxy: ${join(folder.path, 'b.tar.gz')} cannot be read: no such file\n`,
    ]);
  });

  test('does not write where the configuration is only read', async () => {
    await aiproxy('backup', 'b.tar.gz');
    await writeFile(join(folder.path, 'old.json'), '{"users":{}}');
    const { code, err } = await aiproxy('restore', 'b.tar.gz', '--config', 'old.json');
    expect([code, err]).toEqual([1, expect.stringContaining('older format')]);
  });
});

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { startProgram } from '../support/start-program.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';
import { fakeTerminal } from './fake-terminal.ts';

const cleanUp = createCleanUp();
let folder: TempFolder;

beforeEach(async () => {
  folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const channel = aChannel('openai', 'http://127.0.0.1:1', 'stand-in');
  const document = aDocument({
    channels: { main: channel },
    groups: { interns: { name: 'Interns', channels: ['main'] } },
    users: { bob: aUser({ name: 'Bob' }) },
  });
  await writeDocument(join(folder.path, 'data'), document);
  await writeFile(
    join(folder.path, 'people.csv'),
    '姓名,邮箱,用户组\n张三,zhang@example.com,Interns\nBob,bob@example.com,\n',
  );
  await writeFile(join(folder.path, 'wrong.csv'), 'name,email\nEve,eve\nDan,dan@example.com\n');
});
afterEach(() => cleanUp.run());

async function aiproxy(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const terminal = fakeTerminal({
    cwd: folder.path,
    env: { AIPROXY_DATA_DIR: join(folder.path, 'data'), ...env },
  });
  return { code: await run(argv, terminal), ...terminal.printed };
}

const stored = async () => JSON.parse(await readFile(join(folder.path, 'data/config/users.json'), 'utf8'));
const there = (name: string): Promise<boolean> =>
  stat(join(folder.path, name)).then(
    () => true,
    () => false,
  );
const handed = async (name: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(folder.path, name)), { columns: true, bom: true });

describe('aiproxy users import, while AIProxy is stopped', () => {
  test('takes people in, and writes their keys into one new file of the owner’s', async () => {
    const { code, out } = await aiproxy(['users', 'import', 'people.csv', '--keys', 'keys.csv']);
    expect([code, out.split('\n')[0]]).toEqual([
      0,
      'Imported: 1 new, 1 changed, 0 there already, 0 duplicates, 0 mistakes, 2 Proxy-Keys.',
    ]);
    const rows = await handed('keys.csv');
    expect(rows.map(({ name, base_url }) => [name, base_url])).toEqual([
      ['张三', 'http://localhost:8001'],
      ['Bob', 'http://localhost:8001'],
    ]);
    if (process.platform !== 'win32')
      expect((await stat(join(folder.path, 'keys.csv'))).mode & 0o777).toBe(0o600);
    const { users, proxy_keys } = await stored();
    expect(users.bob.contact.email).toBe('bob@example.com');
    const keys = Object.values<{ key: string }>(proxy_keys).map(({ key }) => key);
    expect(keys.toSorted()).toEqual(rows.map(({ key }) => key).toSorted());
  });

  test('says what would become of them, and changes nothing', async () => {
    const { code, out } = await aiproxy(['users', 'import', 'people.csv', '--dry-run', '--keys', 'keys.csv']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Would import: 1 new, 1 changed/)]);
    expect([await there('keys.csv'), (await stored()).users.bob.contact]).toEqual([false, undefined]);
  });

  test('imports nothing where a row is wrong, unless wrong rows are to be left out', async () => {
    const refused = await aiproxy(['users', 'import', 'wrong.csv', '--keys', 'keys.csv']);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('row 2: "eve" is not an e-mail address\n'),
    });
    expect([await there('keys.csv'), Object.keys((await stored()).users)]).toEqual([false, ['bob']]);
    const taken = await aiproxy(['users', 'import', 'wrong.csv', '--skip-mistakes', '--channels', 'main']);
    expect(taken).toMatchObject({ code: 0, out: expect.stringMatching(/^Imported: 1 new.* 1 mistake/) });
  });

  test.each([
    [['users', 'import', 'none.csv'], 1, 'none.csv cannot be read: no such file'],
    [['users', 'import', 'people.csv', '--group', 'nobody'], 1, 'there is no group "nobody"'],
    [['users', 'import', 'people.csv', '--keys', 'wrong.csv'], 1, 'wrong.csv is there already'],
    [['users', 'import', 'people.csv', '--expires', '2099-01-01'], 2, '--expires'],
    [['users', 'list', 'people.csv'], 2, 'users import FILE'],
    [['users', 'import'], 2, 'users needs a file'],
  ] as const)('refuses %j with one line', async (argv, code, words) => {
    const refused = await aiproxy(argv);
    expect(refused).toMatchObject({ code, out: '', err: expect.stringContaining(words) });
    expect(Object.keys((await stored()).users)).toEqual(['bob']);
  });
});

describe('aiproxy users import, while AIProxy runs', () => {
  test('asks its console, with the admin token of the environment', async () => {
    const program = cleanUp.closing(await startProgram(join(folder.path, 'data')));
    const { port } = new URL(program.ready.console);
    const argv = ['users', 'import', 'people.csv', '--console-port', port, '--keys', 'keys.csv'];
    const refused = await aiproxy(argv);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('set AIPROXY_ADMIN_TOKEN') });
    expect(await there('keys.csv')).toBe(false);
    const env = { AIPROXY_ADMIN_TOKEN: program.ready.admin_token };
    expect(await aiproxy(argv, env)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Imported: 1 new, 1 changed/),
    });
    const client = adminClient({ consoleUrl: program.ready.console, runToken: program.ready.admin_token });
    expect((await client.get<{ total: number }>('/users?search=zhang')).body.total).toBe(1);
    expect((await handed('keys.csv')).map(({ base_url }) => base_url)).toEqual([
      program.ready.proxy,
      program.ready.proxy,
    ]);
  });
});

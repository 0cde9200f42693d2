import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { fakeTerminal } from './fake-terminal.ts';

const LEGACY = `users:
  user1: { name: "张三", department: "技术部", proxy_key: "pk_user1_xxx", status: "active", channels: ["aliyun"] }
channels:
  aliyun: { name: "阿里云百炼", api_key: "sk_aliyun_xxx", base_url: "https://dashscope.aliyuncs.com", status: "active" }
system: { config_reload_interval: 300, log_level: "info", max_connections: 1000 }
`;

let folder: TempFolder;
let legacy: string;

beforeEach(async () => {
  folder = await tempFolder();
  legacy = join(folder.path, 'old.yaml');
  await writeFile(legacy, LEGACY);
});

afterEach(() => folder.remove());

/** Runs a command whose data folder is `data` beside the legacy file, standing in that folder. */
async function aiproxy(...argv: string[]) {
  const terminal = fakeTerminal({ cwd: folder.path, env: { AIPROXY_DATA_DIR: join(folder.path, 'data') } });
  return { code: await run(argv, terminal), ...terminal.printed };
}

describe('aiproxy import', () => {
  test('takes the old files into the document and leaves them as they are', async () => {
    const { code, out } = await aiproxy('import', 'old.yaml');
    expect([code, out]).toEqual([0, 'Imported 1 user, 1 Proxy-Key, 1 channel and 3 settings.\n']);
    const users = JSON.parse(await readFile(join(folder.path, 'data/config/users.json'), 'utf8'));
    expect(users.users.user1).toMatchObject({ name: '张三', channels: ['aliyun'] });
    expect(await readFile(legacy, 'utf8')).toBe(LEGACY);
  });

  test('done twice says what was there already', async () => {
    await aiproxy('import', 'old.yaml');
    const { code, out } = await aiproxy('import', 'old.yaml');
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^Imported 0 users, .*; \d records were there already\.\n$/),
    ]);
  });

  test('speaks of one record as of one', async () => {
    const one = 'system: { log_level: info }\n';
    await writeFile(legacy, one);
    await aiproxy('import', 'old.yaml');
    expect((await aiproxy('import', 'old.yaml')).out).toBe(
      'Imported 0 users, 0 Proxy-Keys, 0 channels and 0 settings; 1 record was there already.\n',
    );
  });

  test('names the place of an error in one line and imports nothing', async () => {
    await writeFile(legacy, LEGACY.replace('"active", channels: ["aliyun"]', 'maybe'));
    const { code, out, err } = await aiproxy('import', 'old.yaml');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^aiproxy: .*old\.yaml:2:\d+: /);
    expect(err.split('\n')).toHaveLength(2);
    expect(await readdir(folder.path)).toEqual(['old.yaml']);
  });

  test('leaves a folder that was there, and what lies in it', async () => {
    await mkdir(join(folder.path, 'data'));
    await writeFile(join(folder.path, 'data', 'mine'), '');
    expect((await aiproxy('import', 'none.yaml')).code).toBe(1);
    expect(await readdir(join(folder.path, 'data'))).toEqual(['mine']);
  });

  test('needs a file, and one that is there', async () => {
    expect(await aiproxy('import')).toMatchObject({
      code: 2,
      err: expect.stringContaining('needs at least one file'),
    });
    expect(await aiproxy('import', 'none.yaml')).toMatchObject({
      code: 1,
      err: expect.stringContaining('none.yaml'),
    });
  });
});

describe('aiproxy check', () => {
  test('accepts what an import wrote, and a legacy file itself', async () => {
    await aiproxy('import', 'old.yaml');
    expect(await aiproxy('check')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/data is valid\.\n$/),
    });
    expect(await aiproxy('check', '--config', 'old.yaml')).toMatchObject({ code: 0 });
  });

  test('names the place of each error and ends with 1', async () => {
    await writeFile(join(folder.path, 'bad.yaml'), 'version: 1\nusers:\n  a: { status: maybe }\n');
    const { code, out } = await aiproxy('check', '--config', 'bad.yaml');
    expect(code).toBe(1);
    expect(out).toContain(`${join(folder.path, 'bad.yaml')}:3:`);
    expect(out).not.toContain('is valid');
  });

  test('warns of a name it does not know, with the nearest it knows, and accepts the rest', async () => {
    await writeFile(
      join(folder.path, 'odd.yaml'),
      'version: 1\nchannels:\n  c: { platform: openai, pirority: 1 }\n',
    );
    const { code, out } = await aiproxy('check', '--config', 'odd.yaml');
    expect(code).toBe(0);
    expect(out).toMatch(/odd\.yaml:3:\d+: warning: .*priority/);
  });

  test('names a file that is not there', async () => {
    const { code, out } = await aiproxy('check', '--config', 'none.yaml');
    expect([code, out]).toEqual([1, expect.stringContaining('none.yaml')]);
  });
});

describe('aiproxy check', () => {
  test('refuses the example key of the documentation and says how to make one', async () => {
    const config = `version: 1
users:
  ann: {}
proxy_keys:
  own: { key: pk-replace-me-with-a-long-random-text, user: ann }
`;
    await writeFile(join(folder.path, 'my.yaml'), config);
    const { code, out } = await aiproxy('check', '--config', 'my.yaml');
    expect(code).toBe(1);
    expect(out).toMatch(/^\S+my\.yaml:5:10: this is an example key .* `openssl rand -hex 24`\n$/);
  });
});

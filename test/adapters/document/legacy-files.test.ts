import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importLegacy } from '../../../src-main/adapters/document/import-legacy.ts';
import type { DocumentStore } from '../../../src-main/core/ports.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { nextDocument, type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
let legacy: string;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
  legacy = join(folder.dataDir, 'legacy');
  await mkdir(legacy);
});
afterEach(() => cleanUp.run());

const YAML = `# by hand
users:
  user1: { name: "张三", proxy_key: "pk_user1_xxx", status: "active", channels: ["aliyun"] }
channels:
  aliyun: { name: "阿里云百炼", api_key: "sk_aliyun_xxx", base_url: "https://dashscope.aliyuncs.com", status: "active" }
system: { config_reload_interval: 300, log_level: "info", max_connections: 1000 }
`;
const KEYS = [{ proxy_key: 'pk-b', channel: 'aliyun', status: 'active', description: 'bob', user: 'bob' }];

async function file(name: string, content: string | object): Promise<string> {
  const path = join(legacy, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function imported(store: DocumentStore, ...paths: string[]) {
  return importLegacy(paths, { store, platforms: PLATFORMS });
}

describe('aiproxy import', () => {
  it('takes several files at once into the document, and leaves them as they are', async () => {
    const { store } = await folder.open();
    const paths = [await file('all.yaml', YAML), await file('api_keys.json', KEYS)];
    const { counts, warnings } = await imported(store, ...paths);
    expect(counts).toMatchObject({ users: 2, proxy_keys: 2, channels: 1, system: 3, skipped: 0 });
    expect(warnings).toEqual([]);
    expect(store.current.channels.aliyun).toMatchObject({ platform: 'dashscope' });
    expect(JSON.parse(await folder.read('users.json')).proxy_keys.key_user1.key).toBe('pk_user1_xxx');
    expect(await readFile(paths[0] ?? '', 'utf8')).toBe(YAML);
    expect(store.current.users.user1).not.toHaveProperty('failover');
  });

  it('takes the examples of the older formats', async () => {
    const { store } = await folder.open();
    const path = fileURLToPath(new URL('../../../examples/legacy', import.meta.url));
    expect((await imported(store, path)).counts).toMatchObject({ users: 2, proxy_keys: 2, channels: 2 });
  });

  it('done twice changes nothing the second time', async () => {
    const { store } = await folder.open();
    const path = await file('all.yaml', YAML);
    await imported(store, path);
    const before = store.current;
    expect((await imported(store, path)).counts).toMatchObject({
      users: 0,
      proxy_keys: 0,
      channels: 0,
      skipped: 6,
    });
    expect(store.current).toBe(before);
  });

  it('leaves what exists with other content as it is, and says so', async () => {
    const { store } = await folder.open();
    await store.put('users', 'user1', { name: 'mine' });
    const { warnings } = await imported(store, await file('all.yaml', YAML));
    expect(warnings).toEqual(['users "user1" exists already with other content; it was left as it is']);
    expect(store.current.users.user1).toEqual({ name: 'mine' });
  });

  it('may refer to channels that are in the document already', async () => {
    const { store } = await folder.open();
    const path = await file('api_keys.json', KEYS);
    await expect(imported(store, path)).rejects.toThrow(/api_keys\.json:1:\d+: unknown channel "aliyun"/);
    await store.put('channels', 'aliyun', { platform: 'dashscope' });
    expect((await imported(store, path)).counts).toMatchObject({ users: 1, proxy_keys: 1 });
  });

  it('adds nothing where one file is wrong, and tells the line', async () => {
    const { store } = await folder.open();
    const good = await file('all.yaml', YAML);
    const bad = await file('more.yaml', 'users:\n  u2:\n    proxy_key: p\n    channels: [nowhere]\n');
    await expect(imported(store, good, bad)).rejects.toThrow(/more\.yaml:4:16: unknown channel "nowhere"/);
    expect(store.current.users).toEqual({});
  });

  it.each([
    ['a file that is missing', 'none.yaml', null, /none\.yaml:1:1: no such file/],
    ['a file that is no configuration', 'notes.txt', 'x', /must end in/],
    ['a current document', 'new.yaml', 'version: 1\nusers: {}\n', /is a current document already/],
    ['a syntax error', 'bad.yaml', 'users:\n  a: [', /bad\.yaml:2:\d+: not valid YAML/],
  ])('refuses %s', async (_what, name, content, reason) => {
    const { store } = await folder.open();
    const path = content === null ? join(legacy, name) : await file(name, content);
    await expect(imported(store, path)).rejects.toThrow(reason);
  });
});

describe('--config with files of the older system', () => {
  it('reads them, is read-only, and says how to go on', async () => {
    const { store, isNew } = await folder.open({ configPath: await file('all.yaml', YAML) });
    expect(isNew).toBe(false);
    expect(store.current.proxy_keys.key_user1).toEqual({ key: 'pk_user1_xxx', user: 'user1' });
    expect(store.readOnly).toContain('aiproxy import');
    await expect(store.put('users', 'x', {})).rejects.toMatchObject({
      code: 'config_read_only',
      message: expect.stringContaining('aiproxy import'),
    });
  });

  it('takes the folder with the pair of JSON files', async () => {
    await file('api_keys.json', KEYS);
    await file('channels_config.json', {
      channels: { aliyun: { api_key: 'k', base_url: 'https://x.test' } },
    });
    const { store } = await folder.open({ configPath: legacy });
    expect(store.current.proxy_keys.key_bob_aliyun?.channels).toEqual([{ id: 'aliyun' }]);
  });

  it('reloads them on change, and refuses an invalid one with its line', async () => {
    const path = await file('all.yaml', YAML);
    const { store } = await folder.open({ configPath: path });
    await writeFile(path, YAML.replace('["aliyun"]', '["gone"]'));
    await folder.log.heard(/all\.yaml:3:\d+: unknown channel "gone"/);
    expect(store.current.users.user1?.channels).toEqual(['aliyun']);
    const published = nextDocument(store);
    await writeFile(path, YAML.replace('张三', '李四'));
    expect((await published).users.user1?.name).toBe('李四');
  });

  it('may carry current members, and limits of a user that is written with its key', async () => {
    const text = YAML.replace(
      '"active", channels',
      '"active", models: [qwen-*], limits: { concurrency: 1 }, channels',
    );
    const { store } = await folder.open({ configPath: await file('all.yaml', text) });
    expect(store.current.proxy_keys.key_user1).toMatchObject({
      models: ['qwen-*'],
      limits: { concurrency: 1 },
    });
  });
});

import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { nextDocument, type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
let elsewhere: string;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
  elsewhere = join(folder.dataDir, 'elsewhere');
  await mkdir(elsewhere);
});
afterEach(() => cleanUp.run());

const YAML = 'version: 1\nusers:\n  a: { name: A } # the first\nchannels: {}\nsystem:\n  log_level: info\n';

describe('one file with all sections', () => {
  it('takes every change, its comments and rights stay', async () => {
    const path = join(elsewhere, 'aiproxy.yaml');
    await writeFile(path, YAML);
    await chmod(path, 0o640);
    const { store } = await folder.open({ configPath: path });
    await store.put('channels', 'c', { platform: 'openai' });
    await store.put('users', 'b', { channels: ['c'] });
    await store.put('groups', 'g', {});
    await store.patchSystem({ log_level: 'warn' });
    const text = await readFile(path, 'utf8');
    expect(text).toContain('  a: { name: A } # the first\n  b: { channels: [c] }\n');
    expect(text).toContain('  log_level: warn\n');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    await store.close();
    const again = await folder.open({ configPath: path });
    expect(again.store.current).toEqual(store.current);
    expect(await folder.exists('users.json')).toBe(false);
  });

  it('may be JSON, and is reloaded when it changes', async () => {
    const path = join(elsewhere, 'all.json');
    await writeFile(path, '{"version":1,"users":{"a":{}}}');
    const { store } = await folder.open({ configPath: path });
    const published = nextDocument(store);
    await writeFile(path, '{"version":1,"users":{"b":{}}}');
    expect(Object.keys((await published).users)).toEqual(['b']);
  });

  it('that does not exist, or is no JSON or YAML by its name, is refused', async () => {
    await expect(folder.open({ configPath: join(elsewhere, 'no.yaml') })).rejects.toThrow(
      /no\.yaml:1:1: no such file/,
    );
    await writeFile(join(elsewhere, 'config.txt'), YAML);
    await expect(folder.open({ configPath: join(elsewhere, 'config.txt') })).rejects.toThrow(
      /must end in \.json/,
    );
  });

  it('is recovered from the backups of this very file', async () => {
    const path = join(elsewhere, 'aiproxy.yaml');
    await writeFile(path, YAML);
    const { store } = await folder.open({ configPath: path });
    await store.put('users', 'b', {});
    await store.close();
    await writeFile(path, 'version: 1\nusers: [');
    const again = await folder.open({ configPath: path });
    expect(Object.keys(again.store.current.users)).toEqual(['a', 'b']);
    expect(again.notices[0]).toMatch(/^RECOVERED .*aiproxy\.yaml from the backup/);
  });

  it('behind a symbolic link stays behind it', async () => {
    const path = join(elsewhere, 'link.json');
    await writeFile(join(elsewhere, 'real.json'), '{"version":1,"users":{}}');
    await symlink('real.json', path);
    const { store } = await folder.open({ configPath: path });
    await store.put('users', 'a', {});
    expect(await readFile(join(elsewhere, 'real.json'), 'utf8')).toContain('"a"');
    expect(await readFile(path, 'utf8')).toContain('"a"');
  });
});

describe('a folder of files', () => {
  it('has each section written back where it came from, in its own format', async () => {
    await writeFile(join(elsewhere, 'users.yaml'), 'version: 1\nusers: {}\nproxy_keys: {}\n');
    await writeFile(join(elsewhere, 'channels.json'), '{"version":1,"channels":{}}');
    const { store } = await folder.open({ configPath: elsewhere });
    await store.insertMany({ users: { a: { name: 'A' } }, channels: { c: { platform: 'openai' } } });
    await store.patchSystem({ log_level: 'warn' });
    expect(await readFile(join(elsewhere, 'users.yaml'), 'utf8')).toContain('  a:\n    name: A\n');
    expect(JSON.parse(await readFile(join(elsewhere, 'channels.json'), 'utf8')).channels).toHaveProperty('c');
    expect(await readFile(join(elsewhere, 'system.yaml'), 'utf8')).toContain('log_level: warn');
  });

  it('may be empty at first', async () => {
    const { store, isNew } = await folder.open({ configPath: elsewhere });
    expect(isNew).toBe(true);
    await store.put('users', 'a', {});
    expect(await readFile(join(elsewhere, 'users.json'), 'utf8')).toContain('"a"');
  });

  it('is refused where a file is there in two formats', async () => {
    await writeFile(join(elsewhere, 'users.yaml'), 'version: 1\nusers: {}\n');
    await writeFile(join(elsewhere, 'users.json'), '{"version":1}');
    await expect(folder.open({ configPath: elsewhere })).rejects.toThrow('users.yaml exists as well');
  });

  it('is refused where two files hold the same section', async () => {
    await writeFile(join(elsewhere, 'users.yaml'), 'version: 1\nusers: {}\n');
    await writeFile(join(elsewhere, 'config.yaml'), 'version: 1\nusers: {}\n');
    await expect(folder.open({ configPath: elsewhere })).rejects.toThrow(/section "users" also stands in/);
  });

  it('warns about sections it does not know, with the nearest known name', async () => {
    await writeFile(join(elsewhere, 'users.yaml'), 'version: 1\nusrs: {}\n_note: mine\n');
    const { notices } = await folder.open({ configPath: elsewhere });
    expect(notices).toEqual([
      expect.stringMatching(/users\.yaml:2:1: unknown member "usrs" \(did you mean "users"\?\)/),
    ]);
  });
});

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkConfig } from '../../../src-main/adapters/document/check-config.ts';
import { findingLine } from '../../../src-main/contract/configuration-error.ts';
import type { Env } from '../../../src-main/core/secret-reference.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { type TestStore, testStore } from '../../support/test-store.ts';

let cleanUp: CleanUp;
let folder: TestStore;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
});
afterEach(() => cleanUp.run());

/** What is found in a file of this name and text, as lines without the folder's name. */
async function findingsIn(name: string, text: string, env: Env = {}): Promise<string[]> {
  const configPath = join(folder.dataDir, name);
  await writeFile(configPath, text);
  const findings = await checkConfig({ dataDir: folder.dataDir, configPath, platforms: PLATFORMS, env });
  return findings.map((finding) => findingLine({ ...finding, file: name }));
}

const YAML_CASES: readonly (readonly [string, string, string])[] = [
  ['a syntax error', 'version: 1\nusers:\n  a: [\n', 'c.yaml:4:1: not valid YAML: '],
  ['a wrong type', 'version: 1\nusers:\n  a:\n    name: [x]\n', 'c.yaml:4:5: name: Invalid input'],
  ['an unknown channel', 'version: 1\nusers:\n  a: { channels: [x] }\n', 'c.yaml:3:19: unknown channel "x"'],
  ['an unknown user', 'version: 1\nproxy_keys:\n  k: { key: p, user: x }\n', 'c.yaml:3:16: unknown user "x"'],
  [
    'a key where a user belongs',
    'version: 1\nproxy_keys:\n  k: { key: p, user: pk-test-of-someone }\n',
    'c.yaml:3:16: unknown user "***eone"',
  ],
  ['an unknown group', 'version: 1\nusers:\n  a: { group: x }\n', 'c.yaml:3:8: unknown group "x"'],
  ['a member that is missing', 'version: 1\nproxy_keys:\n  k: { user: a }\n', 'c.yaml:3:3: key: is missing'],
  ['a section that is no map', 'version: 1\nusers: [a]\n', 'c.yaml:2:1: users must be a map of ids'],
  ['a version that is no number', 'version: one\n', 'c.yaml:1:1: version must be a whole number'],
  ['the legacy form', 'users:\n  a: { proxy_key: p, channels: [x] }\n', 'c.yaml:2:33: unknown channel "x"'],
];

describe('checking a configuration', () => {
  it.each(YAML_CASES)('tells file, line, column and reason of %s in YAML', async (_what, text, expected) => {
    const [first] = await findingsIn('c.yaml', text);
    expect(first?.slice(0, expected.length)).toBe(expected);
  });

  it.each([
    ['a syntax error', '{\n"version": 1,\n"users": {]\n}', 'c.json:3:11: not valid JSON: '],
    [
      'the same Proxy-Key twice',
      '{"version":1,"users":{"u":{}},"proxy_keys":{\n"a":{"user":"u","key":"p"},\n"b":{"user":"u","key":"p"}}}',
      'c.json:3:17: the same Proxy-Key already stands in proxy_keys "a"',
    ],
    [
      'a legacy list',
      '[\n{"proxy_key":"p",\n"channel":"x","description":"d"}]',
      'c.json:3:1: unknown channel "x"',
    ],
    ['an empty file', '', 'c.json:1:1: the file is empty'],
  ])('tells file, line, column and reason of %s in JSON', async (_what, text, expected) => {
    const [first] = await findingsIn('c.json', text);
    expect(first?.slice(0, expected.length)).toBe(expected);
  });

  it('warns about unknown members with the nearest name, but not about those that begin with _', async () => {
    const text = 'version: 1\nusers:\n  a: { nmae: x, _note: y }\n  _comment: text\n';
    expect(await findingsIn('c.yaml', text)).toEqual([
      'c.yaml:3:8: unknown member "nmae" (did you mean "name"?)',
    ]);
  });

  it('tells that a file is missing', async () => {
    const findings = await checkConfig({
      dataDir: folder.dataDir,
      configPath: '/nowhere.yaml',
      platforms: PLATFORMS,
    });
    expect(findings.map(findingLine)).toEqual(['/nowhere.yaml:1:1: no such file or folder']);
  });

  it('finds nothing in a data folder that is new, and leaves nothing there', async () => {
    const findings = await checkConfig({ dataDir: folder.dataDir, configPath: null, platforms: PLATFORMS });
    expect(findings).toEqual([]);
    expect(await readdir(folder.dataDir, { recursive: true })).toEqual(['config']);
  });

  it('works while the data folder is in use', async () => {
    const { store } = await folder.open();
    await store.put('users', 'a', {});
    const findings = await checkConfig({ dataDir: folder.dataDir, configPath: null, platforms: PLATFORMS });
    expect(findings).toEqual([]);
  });
});

describe('an example key that stands in a variable', () => {
  const text = 'version: 1\nusers:\n  a: {}\nproxy_keys:\n  k: { key: env:KEY, user: a }\n';

  it('is warned about where the variable is set', async () => {
    const [first] = await findingsIn('c.yaml', text, { KEY: 'pk-your-key' });
    expect(first).toMatch(/^c\.yaml:5:8: env:KEY: this is an example key/);
    expect(await findingsIn('c.yaml', text, { KEY: 'pk-1f2e3d4c5b6a' })).toEqual([]);
    expect(await findingsIn('c.yaml', text)).toEqual([]);
  });
});

describe('the examples', () => {
  it.each(['aiproxy.yaml', 'folder', 'legacy'])('are valid, without a warning: %s', async (name) => {
    const configPath = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
    expect(await checkConfig({ dataDir: folder.dataDir, configPath, platforms: PLATFORMS })).toEqual([]);
  });
});

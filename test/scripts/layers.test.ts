import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { type Ended, ROOT, runToEnd } from './run-script.ts';

/** The rule that must catch it, where it is planted, and what. */
const PLANTED = [
  ['contract-imports-nothing', 'src-main/contract/planted.ts', "export * from '../core/ports.ts';"],
  ['core-imports-contract', 'src-main/core/planted.ts', "export * from '../adapters/system-clock.ts';"],
  ['pure-layers-use-no-node', 'src-main/core/planted-node.ts', "export { readFileSync } from 'node:fs';"],
  ['pure-layers-use-zod-only', 'src-main/platforms/planted.ts', "export { Pool } from 'undici';"],
  ['proxy-knows-no-adapter', 'src-main/proxy/planted.ts', "export * from '../adapters/system-clock.ts';"],
  ['adapters-know-no-proxy', 'src-main/adapters/planted.ts', "export * from '../proxy/planted.ts';"],
  ['admin-goes-through-ports', 'src-main/admin/planted.ts', "export * from '../adapters/system-clock.ts';"],
  [
    'only-the-electron-shell-imports-electron',
    'src-main/shell/headless/planted.ts',
    "export { app } from 'electron';",
  ],
  ['renderer-imports-contract', 'src-renderer/planted.ts', "export * from '../src-main/proxy/planted.ts';"],
  [
    'no-screen-imports-another',
    'src-renderer/features/a/planted.ts',
    "export * from '../sign-in/strings.ts';",
  ],
  ['no-cycles', 'src-main/core/planted-cycle.ts', "export * from './planted-cycle.ts';"],
  ['resolvable', 'src-main/core/planted-missing.ts', "export * from './no-such-file.ts';"],
] as const;

let copy: TempFolder;

async function cruise(): Promise<Ended> {
  const command = join(ROOT, 'node_modules/.bin/depcruise');
  return runToEnd([command, '--config', '.dependency-cruiser.cjs', 'src-main', 'src-renderer'], {
    cwd: copy.path,
  });
}

beforeAll(async () => {
  copy = await tempFolder();
  for (const part of [
    'src-main',
    'src-renderer',
    'tsconfig.json',
    'package.json',
    '.dependency-cruiser.cjs',
  ]) {
    await cp(join(ROOT, part), join(copy.path, part), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(copy.path, 'node_modules'));
});

afterAll(() => copy.remove());

describe('the layer rules', { timeout: 120_000 }, () => {
  test('hold for the sources as they are, all of which are read', async () => {
    const { code, stdout } = await cruise();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/no dependency violations found \(\d{3,} modules/),
    ]);
  });

  test('each catch a planted violation', async () => {
    for (const [, file, content] of PLANTED) {
      await mkdir(dirname(join(copy.path, file)), { recursive: true });
      await writeFile(join(copy.path, file), `${content}\n`);
    }
    const { code, stdout } = await cruise();
    expect(code).not.toBe(0);
    for (const [rule, file] of PLANTED) expect(stdout).toMatch(new RegExp(`error ${rule}: ${file}`));
  });
});

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { ROOT, runToEnd } from '../../scripts/run-script.ts';
import { withoutBrowser } from '../../support/browser.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { startDesktop } from './start-desktop.ts';

vi.setConfig({ testTimeout: 90_000 });

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

/** Where fuses stand in a binary (Electron's docs/tutorial/fuses.md): a mark, a version, how many, and each as a digit. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_OF_A_NEW_RUNTIME = '101100010';

/** A folder in place of Electron's runtime, which cannot be had here: what electron-builder touches, and no more. */
async function placeholderRuntime(folder: string, fuses = FUSES_OF_A_NEW_RUNTIME): Promise<string> {
  const runtime = join(folder, 'runtime');
  await mkdir(join(runtime, 'resources'), { recursive: true });
  await mkdir(join(runtime, 'locales'));
  for (const name of ['en-US', 'en-GB', 'zh-CN', 'de'])
    await writeFile(join(runtime, 'locales', `${name}.pak`), '');
  const wire = [SENTINEL, '\x01', String.fromCharCode(fuses.length), fuses].join('');
  await writeFile(join(runtime, 'electron'), `no runtime ${wire}`, { mode: 0o755 });
  return runtime;
}

const builder = (folder: string, runtime: string) =>
  runToEnd([
    process.execPath,
    `${ROOT}node_modules/electron-builder/cli.js`,
    '--linux',
    'dir',
    `-c.electronDist=${runtime}`,
    `-c.directories.output=${join(folder, 'out')}`,
  ]);

it('goes with electron-builder up to where the runtime is needed', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const empty = join(folder.path, 'empty');
  await mkdir(empty);
  const { code, stdout, stderr } = await builder(folder.path, empty);
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toMatch(
    /ENOENT: no such file or directory, rename '\S+\/electron' -> '\S+\/aiproxy'/,
  );
});

it('refuses a runtime with a fuse on which nobody decided', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const runtime = await placeholderRuntime(folder.path, `${FUSES_OF_A_NEW_RUNTIME}1`);
  const { code, stdout, stderr } = await builder(folder.path, runtime);
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain('this runtime has 10 fuses of version 1, of which 9 were decided');
});

it('packs all that runs and no source, flips every fuse, and the packed program serves', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const { code, stdout, stderr } = await builder(folder.path, await placeholderRuntime(folder.path));
  expect(code, `${stdout}${stderr}`).toBe(0);
  const unpacked = join(folder.path, 'out', 'linux-unpacked');

  const binary = await readFile(join(unpacked, 'aiproxy'), 'latin1');
  // In the order of `FuseV1Options`: no plain Node, cookies encrypted, no NODE_OPTIONS, no inspector, the archive's
  // integrity checked and only the archive loaded, no snapshot, no privileges for `file:`, traps of WebAssembly.
  expect(binary.split(`${SENTINEL}\x01\x09`)[1]).toBe('010011001');

  const app = join(folder.path, 'app');
  const asar = `${ROOT}node_modules/@electron/asar/bin/asar.js`;
  const archive = join(unpacked, 'resources', 'app.asar');
  const listed = await runToEnd([process.execPath, asar, 'list', archive]);
  const files = listed.stdout.split('\n');
  expect(files).toEqual(
    expect.arrayContaining(['/package.json', '/LICENSE', '/dist/main/electron.js', '/dist/main/preload.cjs']),
  );
  expect(files.filter((file) => /\.(ts|tsx|map)$|node_modules|^\/(src|test|build)/.test(file))).toEqual([]);
  await runToEnd([process.execPath, asar, 'extract', archive, app]);
  const { main } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'));
  expect(main).toBe('dist/main/electron.js');

  if (withoutBrowser) return;
  const desktop = cleanUp.closing(await startDesktop({ program: join(app, main) }));
  await desktop.ready();
  await expect.poll(async () => (await desktop.seen()).visible).toBe(true);
  expect(await desktop.inPage(`fetch('/api/v1/status').then(({ status }) => status)`)).toBe(200);
});

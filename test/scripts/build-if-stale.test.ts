import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TempFolder } from '../support/temp-folder.ts';
import { checkoutCopy } from './checkout-copy.ts';
import { runToEnd } from './run-script.ts';

let copy: TempFolder;

beforeAll(async () => {
  copy = await checkoutCopy();
});

afterAll(() => copy.remove());

const build = (...args: string[]) =>
  runToEnd([process.execPath, join(copy.path, 'scripts/build-if-stale.js'), ...args], { cwd: '/' });

/** The built parts and their files. */
const built = async () => (await readdir(join(copy.path, 'dist'), { recursive: true })).toSorted();

// The steps build on each other, in this order.
describe('the build', { timeout: 120_000 }, () => {
  test('makes what is missing and says so in one line', async () => {
    const { code, stdout, stderr } = await build();
    expect([code, stdout, stderr]).toEqual([
      0,
      '',
      expect.stringMatching(/^built dist \(it was missing\) in [\d.]+ s\n$/),
    ]);
    const files = await built();
    expect(files).toEqual(
      expect.arrayContaining(['main/headless.js', 'main/text-worker.js', 'renderer/index.html']),
    );
    expect(files.filter((file) => file.includes('.staging'))).toEqual([]);
  });

  test('leaves alone what is up to date', async () => {
    expect((await build()).stderr).toBe('dist is up to date\n');
  });

  test('notices a change in any source', async () => {
    await appendFile(join(copy.path, 'src-renderer/ui/theme.css'), '\nmain { color: inherit; }\n');
    expect((await build()).stderr).toMatch(/^built dist \(sources changed\)/);
  });

  test('is done again when it is asked for', async () => {
    expect((await build('--force')).stderr).toMatch(/^built dist \(as asked\)/);
  });

  test('that fails leaves the last good one in place', async () => {
    const before = await readFile(join(copy.path, 'dist/main/headless.js'), 'utf8');
    await appendFile(join(copy.path, 'src-main/shell/headless/main.ts'), '\nthis is no TypeScript\n');
    expect((await build()).code).not.toBe(0);
    expect(await readFile(join(copy.path, 'dist/main/headless.js'), 'utf8')).toBe(before);
    expect((await built()).filter((file) => file.includes('.staging'))).toEqual([]);
    expect((await build()).stderr).not.toContain('up to date');
  });
});

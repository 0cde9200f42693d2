import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT, runScript, runToEnd } from './run-script.ts';
import { type TempRepository, tempRepository } from './temp-repository.ts';

let repository: TempRepository;

beforeEach(async () => {
  repository = await tempRepository();
  await mkdir(join(repository.path, 'scripts'));
  await copyFile(`${ROOT}scripts/style-limits.js`, join(repository.path, 'scripts/style-limits.js'));
  await repository.write('package.json', '{"type":"module"}');
});

afterEach(() => repository.remove());

const measure = () => runToEnd([process.execPath, join(repository.path, 'scripts/style-limits.js')]);

test('this repository keeps its limits', async () => {
  const { code, stdout } = await runScript('scripts/style-limits.js');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^\d{3,} files, median \d+ lines in the sources/),
  ]);
});

test('a file of 301 lines is named', async () => {
  await repository.write('src-main/long.ts', '//\n'.repeat(301));
  await repository.write('src-main/allowed.ts', '//\n'.repeat(300));
  const { code, stdout } = await measure();
  expect(code).toBe(1);
  expect(stdout).toContain('src-main/long.ts: 301 lines, at most 300\n');
  expect(stdout).not.toContain('allowed.ts');
});

test('files that are mostly long are refused together', async () => {
  for (const name of ['a', 'b', 'c']) await repository.write(`src-main/${name}.ts`, '//\n'.repeat(91));
  const { code, stdout } = await measure();
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining('median of source files: 91 lines, at most 90\n'),
  ]);
});

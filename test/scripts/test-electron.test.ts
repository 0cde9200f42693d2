import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { runScript } from './run-script.ts';

test('without a runtime, what runs in Electron counts as skipped and never as passed', async () => {
  const folder = await tempFolder();
  const report = join(folder.path, 'electron.report.json');
  const args = ['--reporter=json', `--outputFile.json=${report}`];
  const env = { ELECTRON_OVERRIDE_DIST_PATH: folder.path };
  expect(await runScript('scripts/test-electron.js', args, { env })).toMatchObject({
    code: 0,
    stdout: 'SKIPPED: no Electron runtime\n',
  });
  const sums = await runScript('scripts/sum-reports.js', [report]);
  const { numTotalTests } = JSON.parse(await readFile(report, 'utf8'));
  expect(numTotalTests).toBeGreaterThan(0);
  expect(sums.stdout).toBe(`0 passed, 0 failed, ${numTotalTests} skipped\n`);
  await folder.remove();
});

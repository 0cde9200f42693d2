import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { runScript } from './run-script.ts';

let folder: TempFolder;

beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(() => folder.remove());

const JEST = { numPassedTests: 10, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
const JUNIT = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest"
errors="1" failures="2" skipped="1" tests="9" time="1.5"><testcase name="tests=&quot;90&quot;" /></testsuite></testsuites>`;

async function sumOf(reports: Readonly<Record<string, string>>): Promise<string> {
  const files = await Promise.all(
    Object.entries(reports).map(async ([name, content]) => {
      const path = join(folder.path, name);
      await writeFile(path, content);
      return path;
    }),
  );
  return (await runScript('scripts/sum-reports.js', [...files, join(folder.path, 'never-written.json')]))
    .stdout;
}

test('counts of both kinds of reports are added up, and one that was never written counts nothing', async () => {
  const sum = await sumOf({ 'one.json': JSON.stringify(JEST), 'two.xml': JUNIT });
  expect(sum).toBe('15 passed, 4 failed, 4 skipped\n');
});

test('no report at all makes a line of zeros', async () => {
  expect(await sumOf({})).toBe('0 passed, 0 failed, 0 skipped\n');
});

test('a report that cannot be read fails', async () => {
  await writeFile(join(folder.path, 'torn.json'), '{"numPassed');
  expect((await runScript('scripts/sum-reports.js', [join(folder.path, 'torn.json')])).code).not.toBe(0);
});

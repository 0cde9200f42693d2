// Sums the reports of test suites into one line: JSON (vitest's, which is Jest's format) and JUnit's XML (pytest's).
// Reports that were never written, because something before them failed, count nothing.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Passed, failed and skipped tests of one JSON report. */
function jestCounts(text) {
  const report = JSON.parse(text);
  return [report.numPassedTests, report.numFailedTests, report.numPendingTests + report.numTodoTests];
}

/** The same of one XML report. A test that fails while it is taken down counts as failed, not as passed. */
function junitCounts(text) {
  let sums = [0, 0, 0];
  for (const [suite] of text.matchAll(/<testsuite\s[^>]*>/g)) {
    const count = (name) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    const passed = Math.max(0, count('tests') - failed - count('skipped'));
    sums = sums.map((sum, at) => sum + [passed, failed, count('skipped')][at]);
  }
  return sums;
}

/** The line that sums up these files. */
export function sumLine(files) {
  const sums = files
    .filter((file) => existsSync(file))
    .map((file) => (file.endsWith('.xml') ? junitCounts : jestCounts)(readFileSync(file, 'utf8')));
  const [passed, failed, skipped] = [0, 1, 2].map((at) => sums.reduce((sum, one) => sum + one[at], 0));
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${sumLine(process.argv.slice(2))}\n`);
}

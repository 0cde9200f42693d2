// Measures how long the files are: none over 300 lines, the median at most 90. Biome measures the functions.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAX_LINES = 300;
export const MAX_MEDIAN_LINES = 90;

const CODE = /^(src-main|src-renderer|test|bench|bin|scripts)\/.*\.(ts|tsx|js|mjs|cjs|css)$/;

/** The files git knows or would take, with their lengths in lines. */
function measure(root) {
  const listing = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listing
    .split('\0')
    .filter((file) => CODE.test(file))
    .flatMap((file) => {
      try {
        return [{ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }];
      } catch (error) {
        if (error.code === 'ENOENT') return [];
        throw error;
      }
    });
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** What breaks the limits, one line each, and the figures. */
export function styleReport(root) {
  const files = measure(root);
  const source = median(files.filter(({ file }) => file.startsWith('src-')).map(({ lines }) => lines));
  const all = median(files.map(({ lines }) => lines));
  const problems = files
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${file}: ${lines} lines, at most ${MAX_LINES}`);
  for (const [name, value] of Object.entries({ source, all })) {
    if (value > MAX_MEDIAN_LINES)
      problems.push(`median of ${name} files: ${value} lines, at most ${MAX_MEDIAN_LINES}`);
  }
  return {
    problems,
    figures: `${files.length} files, median ${source} lines in the sources, ${all} overall`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { problems, figures } = styleReport(fileURLToPath(new URL('..', import.meta.url)));
  process.stdout.write(`${[...problems, figures].join('\n')}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

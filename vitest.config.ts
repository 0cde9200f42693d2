import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { COMMON, SYSTEMS } from './vitest.shared.ts';

/** Decisions and views: no sockets, no files, nothing that one test could leave behind for another. */
const PURE = ['test/{contract,core,platforms,renderer}/**/*.test.ts'];

const CONSOLE = ['test/console/**/*.test.ts'];

export default defineConfig({
  test: {
    // Most of them wait for sockets: a file more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // Starting a process takes longer than most of these files.
      { test: { ...COMMON, name: 'pure', include: PURE, isolate: false } },
      // One browser for each process, which takes files one after the other.
      { test: { ...COMMON, name: 'console', include: CONSOLE, isolate: false } },
      {
        test: {
          ...COMMON,
          name: 'sockets',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...PURE, ...CONSOLE, ...SYSTEMS],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src-main/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: { lines: 90 },
    },
  },
});

import { defineConfig } from 'vitest/config';

/** The tests in Electron itself; `scripts/test-electron.js` starts them. */
export default defineConfig({
  root: new URL('../../../..', import.meta.url).pathname,
  test: {
    environment: 'node',
    include: ['test/shell/electron/real/*.electron.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});

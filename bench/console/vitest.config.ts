import { defineConfig } from 'vitest/config';

// How fast the console is, by the clock: `npm run bench:console`, on a machine that does nothing else.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['bench/console/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    execArgv: ['--wasm-wrapper-tiering-budget=2147483647'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});

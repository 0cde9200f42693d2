import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // A process per file: sockets, signals and process-wide settings of one file are not another's.
    pool: 'forks',
    // Most of them wait for sockets: on two cores, two files at a time take little more than half as long as one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Worker threads run from source, through Node's WebAssembly that takes the types out. Once a function it imports
    // was called a thousand times, V8 exchanges the code between them in a cache that all threads share, and now and
    // then dies of it ("Check failed: jit_page.has_value()", nodejs/node#64500). The built program is plain JavaScript.
    execArgv: ['--wasm-wrapper-tiering-budget=2147483647'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests wait for events of other processes on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    // Whatever asks for Electron's path gets one, and downloads nothing.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    coverage: {
      provider: 'v8',
      include: ['src-main/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: { lines: 90 },
    },
  },
});

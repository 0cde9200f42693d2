import type { ViteUserConfig } from 'vitest/config';

/** What all tests have in common, `npm test` and `npm run test:systems`. */
export const COMMON = {
  environment: 'node',
  // A process per file: sockets, signals and process-wide settings of one file are not another's.
  pool: 'forks',
  // Worker threads run from source, through Node's WebAssembly that takes the types out. Once a function it imports
  // was called a thousand times, V8 exchanges the code between them in a cache that all threads share, and now and
  // then dies of it ("Check failed: jit_page.has_value()", nodejs/node#64500). The built program is plain JavaScript.
  execArgv: ['--wasm-wrapper-tiering-budget=2147483647'],
  // Tests wait for events of other processes on a busy machine.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  // Whatever asks for Electron's path gets one, and downloads nothing.
  env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
} satisfies ViteUserConfig['test'];

/** Tests that need minutes, gibibytes or programs that build and pack: `npm run test:systems` runs them. */
export const SYSTEMS = [
  // Memory over time, measured in a process of its own.
  'test/e2e/faults-slow-client.test.ts',
  'test/websocket/backpressure.test.ts',
  'test/websocket/idle-memory.test.ts',
  // The size of a month's counters.
  'test/adapters/usage/scale.test.ts',
  // Vite, dependency-cruiser and electron-builder on copies of the sources.
  'test/scripts/build-if-stale.test.ts',
  'test/scripts/layers.test.ts',
  'test/shell/electron/packaging.test.ts',
];

/** Tests with random rounds, of which `npm run test:systems` tries many more. */
export const LONGER = [
  'test/adapters/document/documents.property.test.ts',
  'test/adapters/document/kill.test.ts',
  'test/adapters/usage/same-figures.test.ts',
  'test/admin/forbidden-requests.property.test.ts',
  'test/core/classify.test.ts',
  'test/core/metrics/metric-family.test.ts',
  'test/core/websocket/frame-flow.test.ts',
  'test/e2e/kill-counts.test.ts',
  'test/websocket/traffic.property.test.ts',
];

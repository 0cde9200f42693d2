import { defineConfig } from 'vitest/config';
import { COMMON, LONGER, SYSTEMS } from './vitest.shared.ts';

// `npm run test:systems`: what takes too long for every change, run before an issue is closed.
export default defineConfig({
  test: {
    ...COMMON,
    include: [...SYSTEMS, ...LONGER],
    // They measure memory, and some fill a core by themselves.
    maxWorkers: 1,
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    env: { ...COMMON.env, AIPROXY_TEST_LONG: '1' },
  },
});

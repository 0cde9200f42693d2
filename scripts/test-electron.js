// Runs the tests in Electron itself, where its runtime and a display (or xvfb-run) are: `npm run test:electron`, with
// vitest's options behind `--`. Without a runtime they count as skipped, in vitest's own report too.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronBinary, hasDisplay } from '../bin/find-window.js';
import { buildIfStale } from './build-if-stale.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const VITEST = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run'];
const CONFIG = ['--config', join(root, 'test', 'shell', 'electron', 'real', 'vitest.config.ts')];

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** Why these tests cannot run, or null. */
function whySkipped(binary) {
  if (binary === null) return 'no Electron runtime';
  return hasDisplay() || onPath('xvfb-run') ? null : 'no display';
}

const binary = electronBinary(root);
const skipped = whySkipped(binary);
if (skipped === null) await buildIfStale(root);
else process.stdout.write(`SKIPPED: ${skipped}\n`);
const command = [process.execPath, ...VITEST, ...CONFIG, ...process.argv.slice(2)];
const [program, ...args] = skipped !== null || hasDisplay() ? command : ['xvfb-run', '-a', ...command];
const { status } = spawnSync(program, args, {
  cwd: root,
  stdio: skipped === null ? 'inherit' : ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, AIPROXY_TEST_ELECTRON: skipped === null ? binary : '' },
});
process.exitCode = status ?? 1;

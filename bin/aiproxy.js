#!/usr/bin/env node
// The command: finds Node 24, decides between window and headless. Syntax that Node 16 understands.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, majorOf, NODE_MAJOR } from './find-node.js';
import { electronBinary, whyNoWindow } from './find-window.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/**
 * A young generation that may not grow beyond 8 MiB a half: what a request makes dies young, and a larger one
 * mostly costs memory, a third more for each open stream.
 */
const V8_FLAGS = ['--max-semi-space-size=8'];
const program = new URL('../dist/main/headless.js', import.meta.url);

function fail(line) {
  process.stderr.write(`aiproxy: ${line}\n`);
  process.exit(1);
}

/** Runs another program in place of this one: passes signals on, and ends as it ends. */
function become(program, args, env) {
  const child = spawn(program, args, { stdio: 'inherit', env });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => fail(`cannot start ${program}: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeListener(name, forward);
    if (signal === null) process.exit(code === null ? 1 : code);
    process.kill(process.pid, signal);
  });
}

/** Runs this same file under Node 24. */
function relaunch() {
  const node = findNode();
  if (node === null) {
    fail(`needs Node ${NODE_MAJOR} or newer; this is ${process.version} and no newer one is on the PATH`);
  }
  become(node, [...V8_FLAGS, ...process.argv.slice(1)], process.env);
}

/** Opens the window. Terminals inside other Electron programs may ask for a plain Node, which is not meant for us. */
function openWindow(args) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  become(electronBinary(root), [root, ...args], env);
}

/** V8 takes these flags at its start only, so the process becomes one that has them; Windows goes without. */
function takeFlags() {
  if (V8_FLAGS.every((flag) => process.execArgv.includes(flag))) return;
  if (!process.execve || process.platform === 'win32') return;
  const { execPath, execArgv, argv } = process;
  process.execve(execPath, [execPath, ...V8_FLAGS, ...execArgv, ...argv.slice(1)]);
}

/** A checkout builds itself; an installed copy has dist/ or is broken. */
function ensureBuilt() {
  const path = fileURLToPath(program);
  if (existsSync(path)) return;
  const builder = join(root, 'scripts', 'build-if-stale.js');
  if (!existsSync(builder) || !existsSync(join(root, 'node_modules', 'vite'))) {
    fail(`${dirname(path)} is missing: reinstall, or run "npm ci && npm run build" in a checkout`);
  }
  // Its standard output is not ours: with --json nothing but the ready line may stand there.
  const { status } = spawnSync(process.execPath, [builder], { stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('the build failed');
}

/**
 * npm runs its scripts in a shell, and passes SIGTERM on to that shell only, which dies of it and leaves us behind
 * with the ports. So there the parent's death means the same as SIGTERM.
 */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start' || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  };
  const timer = setInterval(watch, 500);
  timer.unref();
}

async function run() {
  ensureBuilt();
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache(join(root, 'dist', 'compile-cache'));
  const args = process.argv.slice(2);
  const wantsWindow =
    args.length === 0 || (args[0].startsWith('-') && !/^(-h|--help|-v|--version)$/.test(args[0]));
  const whyHeadless = wantsWindow ? whyNoWindow(root) : null;
  if (wantsWindow && whyHeadless === null) return openWindow(args);
  const { main } = await import(program.href);
  if (wantsWindow) await main(['serve', ...args], whyHeadless);
  else await main(args);
}

if (majorOf(process.version) >= NODE_MAJOR) takeFlags();
stopWithNpm();
if (majorOf(process.version) >= NODE_MAJOR) run();
else relaunch();

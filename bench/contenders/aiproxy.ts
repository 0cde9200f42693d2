import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../children.ts';
import { CHANNEL_KEY, proxyKey, proxyKeys } from '../target.ts';
import { type ContenderStart, type Running, USERS } from './contender.ts';

/** Longer than the 30 s within which open requests may finish. */
const DRAIN_MS = 40_000;

/** How large the configuration is. */
export interface AiproxySize {
  readonly users: number;
  readonly channels: number;
}

/** What a start of AIProxy gave. */
export interface AiproxyStarted extends Running {
  /** From spawning the command to its ready line, milliseconds. */
  readonly readyMs: number;
  /** The process that was spawned: the launcher, where it is not the serving one itself. */
  readonly launcherPid: number;
  readonly consoleUrl: string;
  /** Valid for this run. */
  readonly adminToken: string;
}

/** AIProxy as people run it, everything switched on. */
export async function startAiproxy(start: ContenderStart): Promise<Running> {
  return await startProgram('aiproxy', start.installed.aiproxy, start);
}

/** Another checkout of AIProxy, in the same way. */
export async function startBaseline(start: ContenderStart): Promise<Running> {
  return await startProgram('baseline', start.installed.baseline, start);
}

async function startProgram(name: string, program: string | null, start: ContenderStart): Promise<Running> {
  const size = { users: USERS, channels: 1 };
  const dataDir = join(start.workDir, name);
  writeAiproxyConfig(dataDir, start, size);
  return { ...(await launchAiproxy({ ...start, program }, dataDir, size)), name };
}

/** Starts the command on a prepared data folder and waits until it is ready. */
export async function launchAiproxy(
  start: Pick<ContenderStart, 'core'> & { readonly program: string | null },
  dataDir: string,
  size: AiproxySize,
): Promise<AiproxyStarted> {
  const { program } = start;
  if (!program) throw new Error('bin/aiproxy.js is not there');
  const flags = ['serve', '--json', '--port', '0', '--console-port', '0', '--data-dir', dataDir];
  const startedMs = performance.now();
  const child = startChild([process.execPath, program, ...flags], { core: start.core });
  const ready = readReady(await child.line((line) => line.includes('"ready"'), 60_000));
  const readyMs = performance.now() - startedMs;
  return {
    name: 'aiproxy',
    target: { port: ready.port, keys: proxyKeys(Math.min(USERS, size.users)), headers: {} },
    pid: ready.pid,
    launcherPid: child.pid,
    consoleUrl: ready.console,
    adminToken: ready.adminToken,
    readyMs,
    stop: () => child.stop(DRAIN_MS),
  };
}

type Upstreams = Pick<ContenderStart, 'upstreamPort' | 'webSocketPort'>;

/** Writes a document with so many users, each with a key, and channels that all lead to the upstream. */
export function writeAiproxyConfig(dataDir: string, upstream: Upstreams, size: AiproxySize): void {
  const { upstreamPort, webSocketPort } = upstream;
  const config = join(dataDir, 'config');
  mkdirSync(config, { recursive: true });
  const write = (file: string, sections: object) =>
    writeFileSync(join(config, file), `${JSON.stringify({ version: 1, ...sections }, null, 2)}\n`);
  write('users.json', {
    users: numbered(size.users, 'user', (at) => ({
      name: `User ${at}`,
      group: 'everyone',
      status: 'active',
    })),
    proxy_keys: numbered(size.users, 'key', (at) => ({
      key: proxyKey(at),
      user: `user-${at}`,
      status: 'active',
    })),
    groups: { everyone: { name: 'Everyone', channels: '*' } },
  });
  write('channels.json', {
    channels: numbered(size.channels, 'channel', (at) => ({
      name: `Channel ${at}`,
      platform: 'openai_compatible',
      base_url: `http://127.0.0.1:${upstreamPort}/v1`,
      api_key: CHANNEL_KEY,
      ...(webSocketPort === null ? {} : { websocket_url: `ws://127.0.0.1:${webSocketPort}/v1` }),
      allow_private: true,
      // One is preferred, so that the number of channels costs routing only, not connections.
      priority: at === 0 ? 1 : 2,
    })),
  });
  // The default bound on connections protects small machines; a thousand streams need more.
  write('system.json', { system: { max_connections: 20_000 }, prices: {}, alerts: {} });
}

function numbered<T>(count: number, prefix: string, make: (at: number) => T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}-${at}`, make(at)]));
}

function readReady(line: string) {
  const ready: { proxy: string; console: string; admin_token: string; pid: number } = JSON.parse(line);
  const { console, admin_token: adminToken, pid } = ready;
  return { port: Number(new URL(ready.proxy).port), console, adminToken, pid };
}

import { join } from 'node:path';
import { startChild } from '../children.ts';
import { proxyKeys } from '../target.ts';
import { type ContenderStart, type Running, USERS } from './contender.ts';

/** The least that node:http and undici need for a key swap: what the platform allows. */
export async function startMinimal(start: ContenderStart): Promise<Running> {
  const program = join(import.meta.dirname, '../peers/minimal.ts');
  const command = [process.execPath, program, String(start.upstreamPort), String(USERS)];
  const child = startChild(command, { core: start.core, env: { NODE_ENV: 'production' } });
  const ready: { port: number } = JSON.parse(await child.line((line) => line.includes('"ready"'), 10_000));
  return {
    name: 'minimal',
    target: { port: ready.port, keys: proxyKeys(USERS), headers: {} },
    pid: child.pid,
    stop: () => child.stop(),
  };
}

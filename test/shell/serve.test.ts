import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runScript, runToEnd } from '../scripts/run-script.ts';
import { startProgram } from '../support/start-program.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';

let folder: TempFolder;

beforeEach(async () => {
  folder = await tempFolder();
});

afterEach(() => folder.remove());

const FREE_PORTS = ['--port', '0', '--console-port', '0'];

describe('aiproxy serve', () => {
  test('prints the ready line and nothing else on standard output, and ends with 0 on SIGTERM', async () => {
    const program = await startProgram(folder.path);
    const health = await fetch(`${program.ready.proxy}/health`);
    program.signal('SIGTERM');
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(health.status).toBe(200);
    expect(program.stdout()).toBe(`${JSON.stringify(program.ready)}\n`);
    expect(Object.keys(program.ready)).toEqual(['event', 'proxy', 'console', 'admin_token', 'pid']);
  });

  test('prints a token that opens the console for this run only', async () => {
    const status = async (console: string, token: string) =>
      (await fetch(`${console}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } })).status;
    const first = await startProgram(folder.path);
    expect(await status(first.ready.console, first.ready.admin_token)).toBe(200);
    await first.close();
    const second = await startProgram(folder.path);
    expect(await status(second.ready.console, first.ready.admin_token)).toBe(401);
    await second.close();
  });

  test('accepts the admin token of the environment and obeys its other variables', async () => {
    const env = { AIPROXY_ADMIN_TOKEN: 'at-from-the-environment', AIPROXY_LOG_LEVEL: 'error' };
    const program = await startProgram(folder.path, [], env);
    const headers = { authorization: 'Bearer at-from-the-environment' };
    expect((await fetch(`${program.ready.console}/api/v1/status`, { headers })).status).toBe(200);
    await program.close();
    expect(program.stderr()).not.toContain(' INFO ');
  });

  test('shows the secrets of the first start once, and stores the token as a hash', async () => {
    const first = await startProgram(folder.path);
    await first.close();
    const token = /Admin token +(at-\S{32})\n/.exec(first.stderr())?.[1] ?? '';
    expect(token).toHaveLength(35);
    expect(first.stderr()).toMatch(/Proxy-Key of user admin +pk-\S{32}\n/);
    expect(await readFile(join(folder.path, 'config/system.json'), 'utf8')).not.toContain(token);
    const second = await startProgram(folder.path);
    await second.close();
    expect(second.stderr()).not.toMatch(/at-|pk-/);
  });
});

describe('aiproxy serve --demo', () => {
  test('prints a line that works as it is pasted, and leaves nothing behind in the document', async () => {
    const program = await startProgram(folder.path, ['--demo']);
    await expect.poll(program.stderr).toMatch(/^ {2}curl .*\n/m);
    const line = /^ {2}(curl .*)$/m.exec(program.stderr())?.[1] ?? 'false';
    const { code, stdout } = await runToEnd(['sh', '-c', line]);
    await program.close();
    expect(code).toBe(0);
    expect(JSON.parse(stdout).choices[0].message.content).toContain('You said: Hello!');
    for (const file of ['users.json', 'channels.json']) {
      expect(await readFile(join(folder.path, 'config', file), 'utf8')).not.toContain('demo');
    }
  });
});

describe('aiproxy serve that cannot start', () => {
  test('names the port that is taken in one line', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const args = ['serve', '--port', String(port), '--console-port', '0', '--data-dir', folder.path];
    const { code, stdout, stderr } = await runScript('bin/aiproxy.js', args);
    await new Promise((resolve) => server.close(resolve));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^aiproxy: port ${port} is in use[^\n]*\n$`, 'm'));
  });

  test('names the process that has the data folder', async () => {
    const program = await startProgram(folder.path);
    const { code, stderr } = await runScript('bin/aiproxy.js', [
      'serve',
      ...FREE_PORTS,
      '--data-dir',
      folder.path,
    ]);
    await program.close();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^aiproxy: [^\n]*${program.ready.pid}[^\n]*\n$`)),
    ]);
  });

  test('refuses a bad option with exit code 2', async () => {
    const { code, stderr } = await runScript('bin/aiproxy.js', ['serve', '--port', '99999']);
    expect([code, stderr]).toEqual([
      2,
      'aiproxy: --port must be a number from 0 to 65535\nTry "aiproxy --help".\n',
    ]);
  });
});

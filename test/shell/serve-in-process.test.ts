import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../src-main/shell/headless/main.ts';
import { type TempFolder, tempFolder } from '../support/temp-folder.ts';
import { fakeTerminal } from './fake-terminal.ts';

let folder: TempFolder;

beforeEach(async () => {
  folder = await tempFolder();
});

afterEach(() => folder.remove());

function start(...options: string[]) {
  const events = new EventEmitter();
  const terminal = fakeTerminal({
    events,
    env: { AIPROXY_DATA_DIR: folder.path, AIPROXY_LOG_LEVEL: 'error' },
  });
  const ended = run(['serve', '--port', '0', '--console-port', '0', ...options], terminal);
  const ready = () => vi.waitFor(() => expect(terminal.printed.out).toContain('\n'), { timeout: 30_000 });
  return { events, terminal, ended, ready };
}

describe('serving', () => {
  test('lasts until a signal comes, and then ends with 0', async () => {
    const { events, terminal, ended, ready } = start('--json');
    await ready();
    expect(JSON.parse(terminal.printed.out)).toMatchObject({ event: 'ready', pid: 42 });
    events.emit('SIGTERM', 'SIGTERM');
    expect(await ended).toBe(0);
    expect(terminal.printed.out.split('\n')).toHaveLength(2);
  });

  test('goes on after an exception that no one caught, and says which', async () => {
    const { events, terminal, ended, ready } = start();
    await ready();
    const proxy = /Proxy +(http\S+)/.exec(terminal.printed.out)?.[1];
    events.emit('uncaughtException', new Error('one connection’s bad luck'));
    expect((await fetch(`${proxy}/health`)).status).toBe(200);
    events.emit('SIGINT', 'SIGINT');
    expect(await ended).toBe(0);
    expect(terminal.printed.err).toContain('uncaught exception: Error: one connection’s bad luck');
  });

  test('ends with 1 when exceptions come in numbers', async () => {
    const { events, ended, ready } = start();
    await ready();
    for (let count = 0; count < 21; count++) events.emit('unhandledRejection', new Error('again'));
    expect(await ended).toBe(1);
  });
});

test('asking for help or the version prints just that', async () => {
  const terminal = fakeTerminal();
  expect(await run(['--help'], terminal)).toBe(0);
  expect(terminal.printed.out).toMatch(/^Usage: aiproxy \[command\]/);
  const other = fakeTerminal();
  expect(await run(['--version'], other)).toBe(0);
  expect(other.printed.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { withoutBrowser } from '../../support/browser.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { type Desktop, type DesktopOptions, startDesktop } from './start-desktop.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** With a stand-in for Electron that opens Chromium: nothing here is a test in Electron. */
const test = it.skipIf(withoutBrowser);

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());
const start = async (options?: DesktopOptions): Promise<Desktop> =>
  cleanUp.closing(await startDesktop(options));

test('stays in the tray where it was started for that, and shows the window when it is asked to', async () => {
  const desktop = await start({ args: ['--hidden'] });
  await desktop.ready();
  expect(await desktop.seen()).toMatchObject({ visible: false, window: null });
  await desktop.order('second-instance', 'aiproxy');
  await expect.poll(async () => (await desktop.seen()).visible).toBe(true);
});

test('lets an open stream finish when it quits, and ends with 0', async () => {
  const desktop = await start({ args: ['--demo', '--hidden'] });
  const { proxy } = await desktop.ready();
  const [, key = ''] = /Bearer (pk-[^']+)'/.exec(desktop.errors()) ?? [];
  const answer = await fetch(`${proxy}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'demo',
      stream: true,
      messages: [{ role: 'user', content: 'a '.repeat(40) }],
    }),
  });
  expect(answer.status).toBe(200);
  await desktop.order('quit');
  expect(await answer.text()).toContain('[DONE]');
  expect(await desktop.ended).toBe(0);
});

test('drains and ends with 0 at SIGTERM, and keeps where the window was', async () => {
  const desktop = await start();
  await desktop.ready();
  await expect.poll(async () => (await desktop.seen()).visible).toBe(true);
  desktop.signal('SIGTERM');
  expect(await desktop.ended).toBe(0);
  const state = JSON.parse(await readFile(join(desktop.dataDir, 'desktop', 'desktop.json'), 'utf8'));
  expect(state.window).toEqual({ x: 160, y: 70, width: 1280, height: 860, maximized: false });
});

test('quits when the window is closed where the admin wants that', async () => {
  const desktop = await start();
  await desktop.ready();
  await expect.poll(async () => (await desktop.seen()).visible).toBe(true);
  await desktop.inPage('window.aiproxyDesktop.changeSettings({ keepRunning: false })');
  await desktop.order('close-window');
  expect(await desktop.ended).toBe(0);
});

test('opens at the screen of the link that started it', async () => {
  const desktop = await start({ args: ['aiproxy://users'] });
  await desktop.ready();
  await desktop.order('wait-for-screen', '/users');
});

test("speaks the system's language at first", async () => {
  const desktop = await start({ args: ['--hidden'], env: { STAND_IN_LANGUAGE: 'zh-Hans-CN' } });
  await desktop.ready();
  expect((await desktop.seen()).tray).toContain('复制地址');
});

test('ends when an admin asks so over the API', async () => {
  const desktop = await start({ args: ['--hidden'] });
  const { console: consoleUrl, admin_token: token } = await desktop.ready();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await fetch(`${consoleUrl}/api/v1/shutdown`, { method: 'POST', headers, body: '{}' });
  expect(await desktop.ended).toBe(0);
});

test('explains in a dialog that its port is taken, and ends with 1', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const desktop = await start({ args: ['--port', String(port)] });
  expect(await desktop.ended).toBe(1);
  const [line, box] = desktop.errors().split('\n');
  expect(line).toMatch(new RegExp(`^aiproxy: port ${port} is in use by .`));
  expect(box).toBe(`[error box] AIProxy cannot start: ${line?.slice('aiproxy: '.length)}`);
});

test('explains that a running program holds the data folder', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const first = await start({ dataDir: folder.path, args: ['--hidden'] });
  await first.ready();
  const second = await start({ dataDir: folder.path, args: ['--hidden'] });
  expect(await second.ended).toBe(1);
  expect(second.errors()).toContain(folder.path);
});

test('ends at once with 0 where one runs on the same data folder, which shows its window', async () => {
  const desktop = await start({ env: { STAND_IN_FIRST_RUNS: 'yes' } });
  expect(await desktop.ended).toBe(0);
  expect(desktop.errors()).toBe('');
});

test('refuses an option that it does not know, with 2', async () => {
  const desktop = await start({ args: ['--prot', '8001'] });
  expect(await desktop.ended).toBe(2);
  expect(desktop.errors()).toBe(
    "aiproxy: Unknown option '--prot'\n[error box] AIProxy: Unknown option '--prot'\n",
  );
});

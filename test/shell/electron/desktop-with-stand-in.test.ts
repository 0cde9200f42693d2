import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { withoutBrowser } from '../../support/browser.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { type Desktop, startDesktop } from './start-desktop.ts';

const statusOf = (path: string, more = ''): string =>
  `fetch(${JSON.stringify(path)}${more}).then(({ status }) => status)`;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** With a stand-in for Electron that opens Chromium: nothing here is a test in Electron. */
const test = it.skipIf(withoutBrowser);

const cleanUp = createCleanUp();
let desktop: Desktop;
beforeAll(async () => {
  if (withoutBrowser) return;
  desktop = cleanUp.closing(await startDesktop({ args: ['--demo'] }));
  await desktop.ready();
  await vi.waitFor(async () => expect((await desktop.seen()).visible).toBe(true), 10_000);
});
afterAll(() => cleanUp.run());

test('opens a window that shows the console, signed in by a header that the page never sees', async () => {
  const { console: consoleUrl, admin_token: token } = await desktop.ready();
  expect(await desktop.order('address')).toMatch(new RegExp(`^${consoleUrl}/`));
  expect(await desktop.inPage(statusOf('/api/v1/status'))).toBe(200);
  const held = 'document.documentElement.outerHTML + JSON.stringify({ ...sessionStorage, ...localStorage })';
  expect(await desktop.inPage(held)).not.toContain(token);
  expect(desktop.errors()).not.toContain(token);
});

test('loads a page with a content security policy that lets nothing in from elsewhere', async () => {
  const policy = `fetch('/').then(({ headers }) => headers.get('content-security-policy'))`;
  expect(await desktop.inPage(policy)).toMatch(
    /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/,
  );
});

test('shows the licence from the help menu, and the documentation in the browser', async () => {
  await desktop.order('menu', 'Help', 'Licence');
  await expect.poll(async () => (await desktop.seen()).messages[0]?.detail).toMatch(/^MIT License/);
  await desktop.order('menu', 'Help', 'API Documentation');
  expect((await desktop.seen()).external).toEqual([`${(await desktop.ready()).console}/docs`]);
});

test('offers the page exactly the bridge', async () => {
  expect(await desktop.inPage('Object.keys(window.aiproxyDesktop).sort()')).toEqual([
    'changeSettings',
    'getSettings',
    'notify',
    'onShow',
    'platform',
  ]);
  expect(await desktop.inPage('typeof require + typeof process')).toBe('undefinedundefined');
});

test('shows its credential on the live feed too', async () => {
  const opened = `new Promise((resolve) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/v1/requests/live', ['aiproxy.live']);
    socket.onopen = () => { socket.close(); resolve('open'); };
    socket.onerror = () => resolve('refused');
  })`;
  expect(await desktop.inPage(opened)).toBe('open');
});

test('leaves a credential of the page itself as it is', async () => {
  const own = `, { headers: { authorization: 'Bearer of-the-page' } }`;
  expect(await desktop.inPage(statusOf('/api/v1/status', own))).toBe(401);
});

test('pauses and resumes the proxy from the tray, and says so', async () => {
  const { proxy } = await desktop.ready();
  const { host } = new URL(proxy);
  const ask = async () =>
    (await fetch(`${proxy}/v1/chat/completions`, { method: 'POST', body: '{}' })).status;
  expect((await desktop.seen()).tray).toEqual([
    `(Running on ${host})`,
    '-',
    'Open AIProxy',
    'Copy Address',
    'Pause',
    '-',
    'Quit AIProxy',
  ]);
  await desktop.order('tray', 'Pause');
  await expect.poll(async () => (await desktop.seen()).tip).toBe('AIProxy: Paused');
  expect(await ask()).toBe(503);
  await desktop.order('tray', 'Resume');
  await expect.poll(async () => (await desktop.seen()).tip).toBe(`AIProxy: Running on ${host}`);
  expect(await ask()).toBe(401);
  const audited = `fetch('/api/v1/audit').then((answer) => answer.json())`;
  expect(await desktop.inPage(audited)).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ action: 'program.pause' }),
      expect.objectContaining({ action: 'program.resume' }),
    ]),
  });
});

test('shows in the tray that the console paused it', async () => {
  await desktop.inPage(statusOf('/api/v1/pause', `, { method: 'POST' }`));
  await expect.poll(async () => (await desktop.seen()).tip).toBe('AIProxy: Paused');
  await desktop.inPage(statusOf('/api/v1/resume', `, { method: 'POST' }`));
  await expect.poll(async () => (await desktop.seen()).tip).toMatch(/Running/);
});

test('copies the address that programs use', async () => {
  await desktop.order('tray', 'Copy Address');
  expect((await desktop.seen()).copied).toBe((await desktop.ready()).proxy);
});

test('goes to a screen by its menu, and by a link of a second instance', async () => {
  await desktop.order('menu', 'Go', 'Users');
  await desktop.order('wait-for-screen', '/users');
  const { focused } = await desktop.seen();
  await desktop.order('second-instance', 'aiproxy', 'aiproxy://connect?address=https%3A%2F%2Fai.example');
  await desktop.order('wait-for-screen', '/settings?address=https%3A%2F%2Fai.example');
  expect((await desktop.seen()).focused).toBe(focused + 1);
});

test('ignores a link that holds a key', async () => {
  const before = await desktop.order('address');
  await desktop.order('open-url', 'aiproxy://connect?address=https://ai.example/pk-not-a-real-key');
  expect(await desktop.order('address')).toBe(before);
  expect(desktop.errors()).toContain('a link was not understood');
  expect(desktop.errors()).not.toContain('pk-not-a-real-key');
});

test('hands a new window to the system browser, and opens none itself', async () => {
  await desktop.inPage(`void window.open('https://docs.example/start')`);
  await expect.poll(async () => (await desktop.seen()).external).toContain('https://docs.example/start');
});

test('stays where it is when the page wants to go to another origin, and loads nothing from there', async () => {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.end('other');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => void server.close());
  const other = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const before = await desktop.order('address');
  await desktop.inPage(`void (location.href = ${JSON.stringify(other)})`);
  expect(await desktop.inPage(`fetch(${JSON.stringify(other)}).then(() => 'read', () => 'refused')`)).toBe(
    'refused',
  );
  expect(await desktop.order('address')).toBe(before);
  expect(hits).toBe(0);
});

test('keeps its settings, and speaks the language they name', async () => {
  expect(await desktop.inPage('window.aiproxyDesktop.getSettings()')).toEqual({
    openAtLogin: false,
    keepRunning: true,
    language: 'system',
  });
  await desktop.inPage(`window.aiproxyDesktop.changeSettings({ language: 'zh' })`);
  expect((await desktop.seen()).menu).toEqual(['文件', '编辑', '视图', '前往', '窗口', '帮助']);
  const file = await readFile(join(desktop.dataDir, 'desktop', 'desktop.json'), 'utf8');
  expect(JSON.parse(file)).toMatchObject({ version: 1, language: 'zh' });
  await desktop.inPage(`window.aiproxyDesktop.changeSettings({ language: 'system' })`);
});

test('refuses settings that are none', async () => {
  const refused = `window.aiproxyDesktop.changeSettings({ admin: true }).then(() => 'taken', () => 'refused')`;
  expect(await desktop.inPage(refused)).toBe('refused');
});

test('lets the page save a file that it put together, and asks where', async () => {
  await desktop.inPage(`(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['a,b']));
    link.download = 'usage.csv';
    link.click();
  })()`);
  await expect
    .poll(async () => (await desktop.seen()).downloads)
    .toEqual([{ name: 'usage.csv', title: 'Save file', allowed: true }]);
});

test('guards its session against permissions, devices and the spell checker', async () => {
  expect((await desktop.seen()).guards).toEqual([
    'spell-checker',
    'permission-request',
    'permission-check',
    'device-permission',
  ]);
});

test('goes on when the window is closed, says so once, and opens it again', async () => {
  const { proxy } = await desktop.ready();
  await desktop.order('close-window');
  expect(await desktop.seen()).toMatchObject({
    visible: false,
    notifications: [{ title: 'AIProxy keeps running' }],
  });
  expect((await fetch(`${proxy}/health`)).status).toBe(200);
  await desktop.order('tray', 'Open AIProxy');
  expect((await desktop.seen()).visible).toBe(true);
  await desktop.order('close-window');
  expect((await desktop.seen()).notifications).toHaveLength(1);
});

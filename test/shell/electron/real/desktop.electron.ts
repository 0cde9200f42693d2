import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCleanUp } from '../../../support/clean-up.ts';
import { ELECTRON, type RealDesktop, startElectron } from './start-electron.ts';

const cleanUp = createCleanUp();
const test = it.skipIf(ELECTRON === '');
let desktop: RealDesktop;
beforeAll(async () => {
  if (ELECTRON !== '') desktop = cleanUp.closing(await startElectron());
});
afterAll(() => cleanUp.run());

const statusOf = (path: string): string => `fetch(${JSON.stringify(path)}).then(({ status }) => status)`;

test('the console is signed in, and its page has nothing of Node', async () => {
  expect(new URL(desktop.page.url()).hostname).toBe('127.0.0.1');
  expect(await desktop.page.evaluate(statusOf('/api/v1/status'))).toBe(200);
  expect(await desktop.page.evaluate('typeof require + typeof process')).toBe('undefinedundefined');
  expect(await desktop.page.evaluate('typeof window.aiproxyDesktop.getSettings')).toBe('function');
});

test('the live feed is signed in too', async () => {
  const opened = `new Promise((resolve) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/v1/requests/live', ['aiproxy.live']);
    socket.onopen = () => { socket.close(); resolve('open'); };
    socket.onerror = () => resolve('refused');
  })`;
  expect(await desktop.page.evaluate(opened)).toBe('open');
});

test('the page can neither leave the console, nor open a window, nor ask for the camera', async () => {
  const { page, electron } = desktop;
  const before = page.url();
  await electron.evaluate(({ shell }) => {
    shell.openExternal = async () => undefined;
  });
  await page.evaluate(`void window.open('https://docs.example/')`);
  await page.evaluate(`void (location.href = 'https://docs.example/')`);
  const camera = `navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', () => 'denied')`;
  expect(await page.evaluate(camera)).toBe('denied');
  expect(electron.windows()).toHaveLength(1);
  expect(page.url()).toBe(before);
});

test('the menu goes to a screen', async () => {
  await desktop.electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+2')?.click();
  });
  await desktop.page.waitForURL('**/users');
});

test('closing the window leaves the proxy running, and quitting ends with 0', async () => {
  const { electron } = desktop;
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const visible = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
  expect(visible).toEqual([false]);
  const ended = once(electron.process(), 'exit');
  await electron.evaluate(({ app }) => app.quit());
  expect((await ended)[0]).toBe(0);
});

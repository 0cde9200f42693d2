import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DesktopSettings } from '../../src-main/contract/desktop-bridge.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;
beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  gateway = cleanUp.closing(await startGateway(aDocument({})));
});
afterAll(() => cleanUp.run());

/** Stands in for the preload script; this is Chromium, not Electron. */
const BRIDGE = `
  const settings = { openAtLogin: false, keepRunning: true, language: 'system' };
  window.shellSettings = settings;
  window.aiproxyDesktop = {
    platform: 'linux',
    getSettings: async () => ({ ...settings }),
    changeSettings: async (changed) => ({ ...Object.assign(settings, changed) }),
    notify: async (notice) => void (window.shellNotice = notice),
    onShow: () => undefined,
  };
`;

/** A page in a window whose shell adds the credential, as the desktop's does. */
async function inTheDesktop(path: string): Promise<Page> {
  const { page } = await browser.visit('about:blank');
  await page.addInitScript(BRIDGE);
  await page.route('**/api/**', (route) =>
    route.continue({
      headers: { ...route.request().headers(), authorization: `Bearer ${gateway.runToken}` },
    }),
  );
  await page.goto(`${gateway.consoleUrl}${path}`);
  return page;
}

// The stand-in's own object.
const settingsOf = async (page: Page) => (await page.evaluate('window.shellSettings')) as DesktopSettings;

describe.skipIf(withoutBrowser)('the settings in the desktop', () => {
  test('say whether AIProxy starts with the computer and goes on without its window', async () => {
    const page = await inTheDesktop('/settings?section=computer');
    await page.getByRole('switch', { name: 'Start AIProxy when you sign in to this computer' }).click();
    await page.getByRole('switch', { name: 'Keep running when the window is closed' }).click();
    await expect.poll(() => settingsOf(page)).toMatchObject({ openAtLogin: true, keepRunning: false });
  });

  test('tell the shell the language, for its own menus', async () => {
    const page = await inTheDesktop('/settings?section=computer');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '设置' }).waitFor();
    expect(await settingsOf(page)).toMatchObject({ language: 'zh' });
  });

  test('say outside the window what was done while another one had the attention', async () => {
    const page = await inTheDesktop('/settings?section=computer');
    // The first time, it leads through the first steps.
    await page.goto(`${gateway.consoleUrl}/`);
    await page.getByRole('heading', { name: 'Welcome to AIProxy' }).waitFor();
    await page.goto(`${gateway.consoleUrl}/`);
    const notice = () => page.evaluate('window.shellNotice ?? null');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(await notice()).toBe(null);
    await page.evaluate('document.hasFocus = () => false');
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(notice).toMatchObject({ title: 'AIProxy' });
  });

  test('end nothing that the shell ends', async () => {
    const page = await inTheDesktop('/settings?section=program');
    await page.getByRole('heading', { name: 'Admin token' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Stop AIProxy' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Sign out', exact: true }).count()).toBe(0);
  });
});

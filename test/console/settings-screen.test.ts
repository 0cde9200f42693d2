import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
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

const SECTIONS = ['keys', 'network', 'access', 'logs', 'prices', 'computer', 'backup', 'program'];

describe.skipIf(withoutBrowser)('the screen of settings', () => {
  test('changes language and appearance, and stays so', async () => {
    const { page } = await browser.open(gateway, '/settings?section=computer');
    await page.getByText('Dark', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '设置' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '设置' }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('is readable by everybody, in %s and %i pixels', async (colorScheme, width) => {
    const { page, problems } = await browser.open(gateway, '/settings', { colorScheme, width });
    for (const section of SECTIONS) {
      await page.locator(`a[href="/settings?section=${section}"]`).click();
      await page.locator('main section').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await seriousFindings(page), section).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth'), section).toBeLessThanOrEqual(width);
    }
    expect(problems).toEqual([]);
  });

  test('says that the settings cannot be read, and tries again', async () => {
    const { page } = await browser.open(gateway, '/settings?section=keys');
    await page.route('**/api/v1/system', (route) =>
      route.fulfill({ status: 500, json: { error: { code: 'internal_error', message: 'It broke.' } } }),
    );
    await page.goto(`${gateway.consoleUrl}/settings?section=logs`);
    await page.getByRole('alert').getByText('It broke.').waitFor();
    await page.unroute('**/api/v1/system');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Days to keep logs').waitFor();
  });
});

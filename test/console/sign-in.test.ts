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

const SESSION = "sessionStorage.getItem('aiproxy.session')";

describe.skipIf(withoutBrowser)('the sign-in', () => {
  test('says that AIProxy runs and where, before anybody signs in', async () => {
    const { page, problems } = await browser.visit(`${gateway.consoleUrl}/`);
    await page.getByText('AIProxy is running.').waitFor();
    await page.getByText(gateway.proxyUrl).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('keeps a session and no token, and no cookie, in its own tab only', async () => {
    const { page } = await browser.open(gateway, '/');
    expect(String(await page.evaluate(SESSION))).toMatch(/^as-/);
    const kept =
      'JSON.stringify([{ ...localStorage }, document.cookie, { ...sessionStorage }, document.body.innerHTML])';
    expect(await page.evaluate(kept)).not.toContain(gateway.runToken);
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await page.locator('main#content').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${gateway.consoleUrl}/users`);
    await other.locator('#token').waitFor();
  });

  test('signs out at the server too', async () => {
    const { page } = await browser.open(gateway, '/');
    const session = String(await page.evaluate(SESSION));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#token').waitFor();
    expect(await page.evaluate(SESSION)).toBe(null);
    const headers = { authorization: `Bearer ${session}` };
    const status = async () => (await fetch(`${gateway.consoleUrl}/api/v1/status`, { headers })).status;
    await expect.poll(status).toBe(401);
  });

  test('comes back when the session is over, and says so', async () => {
    const { page } = await browser.open(gateway, '/');
    await page.getByRole('link', { name: 'Channels', exact: true }).waitFor();
    // At once, because the overview itself asks again at any time.
    await page.evaluate(
      `sessionStorage.setItem('aiproxy.session', 'as-void'); document.querySelector('nav a[href="/channels"]').click()`,
    );
    await page.getByText('Your session is over. Sign in again.').waitFor();
  });

  test('speaks Chinese to a Chinese reader, and any language that is chosen', async () => {
    const { page } = await browser.open(gateway, '/', { language: 'zh-CN' });
    await page.getByRole('link', { name: '用户', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: '语言' }).click();
    await page.getByRole('link', { name: 'Users', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Users', exact: true }).waitFor();
  });

  test('says that a token is wrong, and after too many for how long to wait', async () => {
    const { page } = await browser.visit(`${gateway.consoleUrl}/`);
    const button = page.locator('button[type=submit]');
    await page.locator('#token').fill('at-wrong');
    await button.click();
    await page.getByText('This is not the admin token.').waitFor();
    for (let tries = 0; tries < 10; tries += 1) {
      await fetch(`${gateway.consoleUrl}/api/v1/status`, { headers: { authorization: 'Bearer at-wrong' } });
    }
    await button.click();
    await page.getByText(/Try again in \d+ s\./).waitFor();
  });
});

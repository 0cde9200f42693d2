import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
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

  test('keeps a session and no token, and no cookie; another tab gets it handed, another browser does not', async () => {
    const { page } = await browser.open(gateway, '/');
    expect(String(await page.evaluate(SESSION))).toMatch(/^as-/);
    const kept =
      'JSON.stringify([{ ...localStorage }, document.cookie, { ...sessionStorage }, document.body.innerHTML])';
    expect(await page.evaluate(kept)).not.toContain(gateway.runToken);
    expect(await page.evaluate("localStorage.getItem('aiproxy.session')")).toBe(null);
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await page.locator('main#content').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${gateway.consoleUrl}/users`);
    await other.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
    const { page: stranger } = await browser.visit(`${gateway.consoleUrl}/users`);
    await stranger.locator('#token').waitFor();
  });
});

describe.skipIf(withoutBrowser)('a session', () => {
  test('is remembered on this computer where that is wanted, and leads where one wanted to go', async () => {
    const { page } = await browser.visit(`${gateway.consoleUrl}/keys`);
    await page.locator('#token').fill(gateway.runToken);
    await page.getByLabel('Stay signed in on this computer').check();
    await page.locator('button[type=submit]').click();
    await page.getByRole('heading', { name: 'Proxy-Keys', level: 1 }).waitFor();
    const context = page.context();
    const other = await context.newPage();
    await page.close();
    await other.goto(`${gateway.consoleUrl}/users`);
    await other.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.locator('#token').waitFor();
    expect(await other.evaluate("localStorage.getItem('aiproxy.session')")).toBe(null);
  });

  test('ends in all tabs, and begins in to those that wait', async () => {
    const { page } = await browser.open(gateway, '/');
    const other = await page.context().newPage();
    await other.goto(`${gateway.consoleUrl}/users`);
    await other.locator('main#content').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#token').waitFor();
    await other.locator('#token').fill(gateway.runToken);
    await other.locator('button[type=submit]').click();
    await page.locator('main#content').waitFor();
    await other.locator('#token').waitFor({ state: 'hidden' });
  });
});

describe.skipIf(withoutBrowser)('a session that ends', () => {
  test('leaves what was entered', async () => {
    const { page, problems } = await browser.open(gateway, '/users?new=1');
    await page.getByLabel('Name', { exact: true }).fill('Half entered');
    await adminClient(gateway).delete('/sessions');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Your session has ended. Sign in again.').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('#token').fill(gateway.runToken);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('#token').waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half entered');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Half entered' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('may be ended in the list of sessions', async () => {
    const { page, problems } = await browser.open(gateway, '/settings?section=program', { width: 390 });
    const { page: other } = await browser.open(gateway, '/');
    await page.reload();
    const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('row');
    await rows.filter({ hasText: 'This one' }).waitFor();
    expect(await rows.filter({ hasText: 'Chrome, Linux' }).count()).toBeGreaterThan(1);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign out all others' }).click();
    await expect.poll(() => rows.count()).toBe(2);
    await other.reload();
    await other.locator('#token').waitFor();
    expect(problems).toEqual([]);
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
    await page.getByText('Your session has ended. Sign in again.').waitFor();
  });
});

describe.skipIf(withoutBrowser)('the door', () => {
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
    await page.getByText('Wrong admin token.').waitFor();
    for (let tries = 0; tries < 10; tries += 1) {
      await fetch(`${gateway.consoleUrl}/api/v1/status`, { headers: { authorization: 'Bearer at-wrong' } });
    }
    await button.click();
    await page.getByText(/Try again in \d+ s\./).waitFor();
  });
});

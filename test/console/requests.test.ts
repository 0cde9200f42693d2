import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { CUSTOMER_KEY, type OneCustomer, SECOND_KEY, startOneCustomer } from '../support/one-customer.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let customer: OneCustomer;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  customer = await startOneCustomer(cleanUp);
  await customer.chat();
  await customer.chat({ stream: true });
  await customer.chat({ model: 'error-429' });
  await customer.chat({ key: SECOND_KEY });
  await customer.chat({ key: 'pk-nobody' });
  await customer.gateway.lines(5);
});
afterAll(() => cleanUp.run());

const rows = (page: Page) => page.getByRole('table', { name: 'Request log' }).locator('tbody tr');

describe.skipIf(withoutBrowser)('the request log', () => {
  test('lists requests newest first, with the names of users and channels', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/requests');
    await expect.poll(() => rows(page).count()).toBe(5);
    await rows(page).nth(3).getByText('Alice').waitFor();
    await rows(page).nth(3).getByText('OpenAI').waitFor();
    expect(await rows(page).allInnerTexts()).toEqual([
      expect.stringMatching(/401.*Client error.*nobody/s),
      expect.stringMatching(/200.*Success.*usr_2/s),
      expect.stringMatching(/429.*Platform error.*Alice.*error-429/s),
      expect.stringMatching(/200.*Success.*Alice/s),
      expect.stringMatching(/200.*Success.*Alice/s),
    ]);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('shows all failures with one choice, those of the platform among them', async () => {
    const { page } = await browser.open(customer.gateway, '/requests');
    await page.getByRole('combobox', { name: 'Outcome' }).click();
    await page.getByRole('option', { name: 'All failures' }).click();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(await rows(page).allInnerTexts()).toEqual([
      expect.stringMatching(/401.*Client error/s),
      expect.stringMatching(/429.*Platform error/s),
    ]);
    expect(new URL(page.url()).search).toBe('?outcome=failure');
    await page.getByRole('option', { name: 'Success' }).click();
    await expect.poll(() => rows(page).count()).toBe(5);
    expect(new URL(page.url()).searchParams.get('outcome')).toBe('failure,success');
  });

  test('is filtered by user, outcome and text, as its address says', async () => {
    const { page } = await browser.open(customer.gateway, '/requests');
    await page.getByRole('combobox', { name: 'User' }).click();
    await page.getByRole('option', { name: 'Alice' }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
    await page.getByLabel('Search all text').fill('error-429');
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?user=usr_1&text=error-429');
    await page.reload();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => rows(page).count()).toBe(5);
    await page.getByRole('button', { name: 'More filters' }).click();
    await page.getByRole('combobox', { name: 'Error code' }).fill('invalid_proxy_key');
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByLabel('Status').fill('99');
    await page.getByText('From 100 to 599').waitFor();
    await page.getByLabel('Status').fill('200');
    await page.getByText('No requests match these filters').waitFor();
  });

  test('shows new requests as they end, and only those of the filter', async () => {
    const { page } = await browser.open(customer.gateway, '/requests?model=fresh');
    await page.getByText('No requests match these filters').waitFor();
    await page.getByText(/requests? in progress/).waitFor();
    await customer.chat({ model: 'stale' });
    await customer.chat({ model: 'fresh' });
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByRole('switch', { name: 'Live' }).press(' ');
    await expect.poll(() => new URL(page.url()).searchParams.get('live')).toBe('off');
    await customer.chat({ model: 'fresh' });
    await customer.gateway.lines(8);
    expect(await rows(page).count()).toBe(1);
    await page.reload();
    await expect.poll(() => rows(page).count()).toBe(2);
  });
});

describe.skipIf(withoutBrowser)('a log with nothing to show', () => {
  test('says that nothing has come in yet, and how something will', async () => {
    const { gateway } = await startOneCustomer(cleanUp);
    const { page } = await browser.open(gateway, '/requests');
    await page.getByText('No requests yet').waitFor();
    await page.getByRole('link', { name: 'Connect an SDK' }).waitFor();
  });

  test('says what failed, and tries again', async () => {
    const { page } = await browser.open(customer.gateway, '/');
    await page.route('**/api/v1/requests?*', (route) =>
      route.fulfill({
        status: 507,
        json: { error: { code: 'storage_failed', message: 'The disk is gone.' } },
      }),
    );
    await page.getByRole('link', { name: 'Requests', exact: true }).click();
    await page.getByText('The disk is gone.').waitFor();
    await page.unroute('**/api/v1/requests?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows(page).first().waitFor();
  });
});

describe.skipIf(withoutBrowser)('one request', () => {
  test('is told in plain words, with what to do, and without a key', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/requests?model=error-429', {
      colorScheme: 'dark',
    });
    await rows(page).first().click();
    const detail = page.getByRole('dialog', { name: 'Request' });
    await detail.getByText('The platform took no more requests for a while.').waitFor();
    await detail.getByText(/Wait, raise the account’s limits/).waitFor();
    await detail.getByRole('link', { name: 'Alice (usr_1)' }).waitFor();
    await detail.getByRole('link', { name: 'laptop (key_1)' }).waitFor();
    await detail.getByRole('link', { name: 'OpenAI (ch_1)' }).waitFor();
    const shown = await page.evaluate('document.documentElement.outerHTML');
    for (const secret of [CUSTOMER_KEY, customer.platform.apiKey]) expect(shown).not.toContain(secret);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/requests');
    expect(new URL(page.url()).search).toBe('?model=error-429');
    expect(problems).toEqual([]);
  });

  test('is found by its id alone, and leads to those alike', async () => {
    const id = await customer.chat({ key: 'pk-nobody' });
    await customer.gateway.lines(6);
    const { page } = await browser.open(customer.gateway, `/requests/${id}`);
    const detail = page.getByRole('dialog', { name: 'Request' });
    await detail.getByText('The Proxy-Key is not known here.').waitFor();
    await detail.getByText('none: refused by AIProxy').waitFor();
    await detail.getByRole('link', { name: 'Same error' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?error_code=invalid_proxy_key');
    await expect.poll(() => rows(page).count()).toBe(2);
  });

  test('that the log does not have is said to be missing', async () => {
    const { page } = await browser.open(customer.gateway, '/requests/req-of-nobody');
    await page.getByText('This request is not in the log.').waitFor();
  });
});

describe.skipIf(withoutBrowser)('for other readers, the request log', () => {
  test('speaks Chinese', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/requests?model=error-429', {
      language: 'zh-CN',
    });
    const log = page.getByRole('table', { name: '请求日志' });
    await log.getByText('平台错误').waitFor();
    await log.getByRole('link').first().click();
    await page.getByText('平台暂时不再接受更多请求。').waitFor();
    expect(problems).toEqual([]);
  });

  test('fits a telephone', async () => {
    const { page } = await browser.open(customer.gateway, '/requests', { width: 390 });
    await rows(page).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await rows(page).first().click();
    await page.getByRole('dialog', { name: 'Request' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('is read with the keyboard alone', async () => {
    const { page } = await browser.open(customer.gateway, '/requests');
    await rows(page).first().getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Request' }).waitFor();
  });
});

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
  await customer.admin.post('/prices', { id: 'gpt-two', input: 1e6, output: 1e6, currency: 'CHF' });
  // One user has more requests, the other the costs.
  for (let at = 0; at < 3; at++) await customer.chat();
  await customer.chat({ model: 'gpt-two', key: SECOND_KEY });
});
afterAll(() => cleanUp.run());

const table = (page: Page) => page.getByRole('table', { name: 'Figures' });

/** The cells of a column, those of the rows in order and that of the sum last. */
async function column(page: Page, header: RegExp): Promise<string[]> {
  await table(page).locator('tfoot').waitFor();
  const headers = await table(page).getByRole('columnheader').allInnerTexts();
  const at = headers.findIndex((text) => header.test(text.replaceAll(/\s+/g, ' ')));
  const rows = await table(page).locator('tbody tr, tfoot tr').all();
  return Promise.all(rows.map((row) => row.getByRole('cell').nth(at).innerText()));
}

describe.skipIf(withoutBrowser)('the figures of usage', () => {
  test('say what has no price instead of that it cost nothing, with the currency beside every amount', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/usage?measure=cost');
    // The one with costs comes first, because costs are looked at.
    const [paid, unpaid, sum] = await column(page, /^Cost \(CHF\)/);
    expect([Number(paid) > 0, unpaid, sum]).toEqual([true, '–', paid]);
    await page.getByText('3 requests have no price').waitFor();
    await page.getByText(`${paid}\u00a0CHF`, { exact: true }).first().waitFor();
    await page.getByRole('list', { name: 'Cost by user' }).getByText('–', { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each(['group', 'time', 'both'])('all stand within 1280 pixels, in rows by %s', async (rows) => {
    const { page } = await browser.open(customer.gateway, `/usage?rows=${rows}&by=endpoint&range=24h`);
    await table(page).locator('tfoot').waitFor();
    expect(await column(page, /^Total tokens/)).not.toEqual([]);
    const hidden = await table(page).evaluate((element) => {
      const frame = element.parentElement?.getBoundingClientRect();
      return element.getBoundingClientRect().right - (frame?.right ?? 0);
    });
    expect(hidden).toBeLessThanOrEqual(0);
  });

  test('are those of the week that was, or of a month, with one press', async () => {
    const { page } = await browser.open(customer.gateway, '/usage');
    await page.getByRole('button', { name: 'Last month' }).click();
    await page.getByText('No usage in this period').waitFor();
    await page.getByRole('button', { name: 'Last week' }).click();
    await page.getByText('No usage in this period').waitFor();
    await page.getByRole('button', { name: 'This month' }).click();
    expect((await column(page, /^Requests/)).at(-1)).toBe('4');
    expect(new URL(page.url()).searchParams.get('range')).toBe('this_month');
  });

  test('of a user say the same on the page of the user and of the key', async () => {
    for (const path of ['/users/usr_1', '/keys/key_1']) {
      const { page } = await browser.open(customer.gateway, path);
      await page.getByText('3 requests have no price').waitFor();
    }
    const { page } = await browser.open(customer.gateway, '/channels/ch_1');
    await page.getByText('3 requests have no price').waitFor();
    await page.getByText(/^\d+\.\d\d\u00a0CHF/).waitFor();
  });

  test('keep the name of a user who was deleted', async () => {
    const { page } = await browser.open(customer.gateway, '/usage');
    await table(page).getByText('Alice').waitFor();
    await customer.admin.delete('/users/usr_1?force=true');
    const refused = await fetch(`${customer.gateway.proxyUrl}/v1/models`, {
      headers: { authorization: `Bearer ${CUSTOMER_KEY}` },
    });
    expect(refused.ok).toBe(false);
    await page.reload();
    await table(page).getByText('Alice').waitFor();
    await page.goto(`${customer.gateway.consoleUrl}/requests?user=usr_1`);
    await page.getByRole('table', { name: 'Request log' }).getByText('Alice').first().waitFor();
  });
});

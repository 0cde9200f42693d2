import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { type OneCustomer, SECOND_KEY, startOneCustomer } from '../support/one-customer.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let customer: OneCustomer;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  customer = await startOneCustomer(cleanUp);
  await customer.chat();
  await customer.chat({ stream: true });
  await customer.chat({ model: 'gpt-two' });
  await customer.chat({ model: 'error-429' });
  await customer.chat({ key: SECOND_KEY });
  await customer.chat({ key: 'pk-nobody' });
});
afterAll(() => cleanUp.run());

const table = (page: Page) => page.getByRole('table', { name: 'Figures' });

/** The cells of the table's rows, those of the sum last. */
const cells = async (page: Page): Promise<string[][]> => {
  await table(page).waitFor();
  const rows = await table(page).locator('tbody tr, tfoot tr').all();
  return Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()));
};
const firstCells = async (page: Page): Promise<string[]> =>
  (await cells(page)).map((row) => `${row[0]?.replaceAll(/\s+/g, ' ').trim()}: ${row[1]}`);

const choose = async (page: Page, field: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

/** Exports as CSV. @returns the lines without the byte order mark */
const exported = async (page: Page): Promise<string[][]> => {
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /CSV/ }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  return text
    .replace('\u{feff}', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
};

/** What the platform itself says it was asked for with a channel's key. */
const tokensOfThePlatform = async (): Promise<number> => {
  const answered = await Promise.all(customer.platform.requests.map((seen) => seen.answered));
  return answered.reduce((sum, { usage }) => sum + (usage.tokens_in ?? 0), 0);
};

describe.skipIf(withoutBrowser)('usage', () => {
  test('shows the same figures as tiles, charts and table, by user at first', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/usage');
    const shown = await firstCells(page);
    expect([shown[0], ...shown.slice(1, 3).sort(), shown[3]]).toEqual([
      'Alice: 4',
      '(nobody): 1',
      'usr_2: 1',
      'Total: 6',
    ]);
    await page.getByRole('img', { name: 'Requests over time' }).waitFor();
    const bars = page.getByRole('list', { name: 'Requests by user' }).getByRole('listitem');
    const drawn = (await bars.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    expect(drawn.toSorted()).toEqual(['(nobody) 1', 'Alice 4', 'usr_2 1']);
    await page.getByText('66.7%').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('exports what is shown, which is what the platform counted', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/usage?user=usr_1');
    expect(await firstCells(page)).toEqual(['Alice: 4', 'Total: 4']);
    const [names = [], ...lines] = await exported(page);
    const member = (line: string[], name: string): string => line[names.indexOf(name)] ?? '';
    expect(
      lines.map((line) => [member(line, 'user'), member(line, 'user_name'), member(line, 'requests')]),
    ).toEqual([['usr_1', 'Alice', '4']]);
    await page.getByText(/aiproxy-usage-.*csv saved/).waitFor();
    await page.goto(`${customer.gateway.consoleUrl}/usage?by=channel&rows=both&granularity=hour&range=24h`);
    await table(page).waitFor();
    const [header = [], ...hours] = await exported(page);
    expect(header.slice(0, 3)).toEqual(['period', 'channel', 'channel_name']);
    const column = header.indexOf('tokens_in');
    const tokens = hours.reduce((sum, line) => sum + Number(line[column]), 0);
    expect(tokens).toBe(await tokensOfThePlatform());
    expect(tokens).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  test('is grouped, measured and drawn as the address says', async () => {
    const { page } = await browser.open(customer.gateway, '/usage');
    await choose(page, 'Group by', 'Model');
    await choose(page, 'Metric', 'Tokens in');
    await expect.poll(() => firstCells(page)).toContain('gpt-two: 1');
    await page.getByRole('img', { name: 'Tokens in over time' }).waitFor();
    await page.getByText('Bar', { exact: true }).click();
    await page.getByRole('button', { name: '24 hours' }).click();
    await choose(page, 'Group by', 'Error');
    await expect
      .poll(() => firstCells(page))
      .toEqual(expect.arrayContaining(['invalid_proxy_key: 1', 'Total: 2']));
    const query = new URL(page.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      by: 'error',
      measure: 'tokens_in',
      chart: 'bar',
      range: '24h',
    });
    await page.reload();
    await expect.poll(() => firstCells(page)).toContain('invalid_proxy_key: 1');
  });
});

describe.skipIf(withoutBrowser)('of usage', () => {
  test('a part is filtered out, and its requests are one press away', async () => {
    const { page } = await browser.open(customer.gateway, '/usage?by=model');
    await choose(page, 'Filter by', 'User');
    await page.getByRole('combobox', { name: 'Value' }).click();
    await page.getByRole('option', { name: 'Alice' }).click();
    await expect.poll(() => firstCells(page)).toContain('Total: 4');
    await page.getByRole('button', { name: 'Show only gpt-two' }).click();
    await expect.poll(() => firstCells(page)).toEqual(['gpt-two: 1', 'Total: 1']);
    await page.getByRole('button', { name: 'Remove the filter User: Alice' }).click();
    await page.getByRole('link', { name: 'Show requests: gpt-two' }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/requests');
    await page.getByRole('table', { name: 'Request log' }).getByText('gpt-two').first().waitFor();
  });

  test('columns are sorted, and periods are rows of their own', async () => {
    const { page } = await browser.open(customer.gateway, '/usage');
    await table(page).getByRole('button', { name: 'User' }).click();
    await expect.poll(async () => (await firstCells(page))[0]).toBe('(nobody): 1');
    await page.getByText('Period', { exact: true }).click();
    await table(page).getByRole('columnheader', { name: 'From' }).waitFor();
    await expect.poll(async () => (await firstCells(page)).at(-1)).toBe('Total: 6');
  });

  test('none is said to be none, and why it could not be read', async () => {
    const { page } = await browser.open(customer.gateway, '/usage?model=never');
    await page.getByText('No usage matches these filters').waitFor();
    await page.route('**/statistics/timeline?*', (route) =>
      route.fulfill({
        status: 507,
        json: { error: { code: 'storage_failed', message: 'The disk is gone.' } },
      }),
    );
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await page.getByText('The disk is gone.').waitFor();
    await page.unroute('**/statistics/timeline?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await table(page).waitFor();
  });

  test('a reader of Chinese learns the same, in the dark too', async () => {
    const { page, problems } = await browser.open(customer.gateway, '/usage?by=outcome', {
      language: 'zh-CN',
      colorScheme: 'dark',
    });
    const figures = page.getByRole('table', { name: '明细' });
    await figures.getByText('成功', { exact: true }).waitFor();
    await figures.getByText('合计').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('all fits a telephone', async () => {
    const { page } = await browser.open(customer.gateway, '/usage', { width: 390 });
    await table(page).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

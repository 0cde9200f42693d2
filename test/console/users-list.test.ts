import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../src-main/contract/document.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

/** With the admin that the first start makes, ten thousand. */
const USERS = 9_999;
const DEPARTMENTS = ['Research', 'Sales', '技术部'];

function manyUsers(): Record<string, User> {
  const users = Array.from({ length: USERS }, (_, at) => {
    const number = String(at).padStart(5, '0');
    const user = aUser({
      name: `User ${number}`,
      department: DEPARTMENTS[at % DEPARTMENTS.length] ?? '',
      status: at % 100 === 99 ? 'disabled' : 'active',
      channels: at % 2 === 0 ? '*' : ['main'],
      ...(at % 10 === 0 ? { group: 'tens' } : {}),
    });
    return [`u${number}`, user] as const;
  });
  return Object.fromEntries(users);
}

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const channel = aChannel('openai', 'http://127.0.0.1:1', 'stand-in', { name: 'Main' });
  const groups = { tens: { name: 'Every tenth' } };
  const document = aDocument({ users: manyUsers(), channels: { main: channel }, groups });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

const rows = (page: Page) => page.getByRole('table', { name: 'Users' }).getByRole('row');
const first = (page: Page) => rows(page).nth(1);
async function choose(page: Page, filter: string, option: string): Promise<void> {
  await page.getByRole('search').getByLabel(filter).click();
  await page.getByRole('option', { name: option }).click();
}

describe.skipIf(withoutBrowser)('ten thousand users', () => {
  test('are searched, filtered, sorted and paged, which the address keeps', async () => {
    const { page, problems } = await browser.open(gateway, '/users');
    await page.getByText('1–50 of 10,000 entries').waitFor();
    await page.getByLabel('Search by name').fill('user 000');
    await page.getByText('1–50 of 100 entries').waitFor();
    await choose(page, 'Department', 'Research (3333)');
    await page.getByText('of 34 entries').waitFor();
    await choose(page, 'Status', 'Disabled');
    await page.getByText('of 1 entry').waitFor();
    await page.reload();
    await page.getByText('of 1 entry').waitFor();
    expect(await first(page).innerText()).toContain('User 00099');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await choose(page, 'Group', 'Every tenth (tens)');
    await page.getByText('1–50 of 1,000 entries').waitFor();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await first(page).getByText('User 09990').waitFor();
    await page.getByRole('button', { name: '20', exact: true }).click();
    await first(page).getByText('User 00490').waitFor();
    expect(await page.getByLabel('Search by name').inputValue()).toBe('');
    expect(problems).toEqual([]);
  });

  test('are browsed page by page', async () => {
    const { page } = await browser.open(gateway, '/users');
    await page.getByText('1–50 of 10,000 entries').waitFor();
    for (const [number, from] of [
      ['2', '51'],
      ['3', '101'],
      ['200', '9,951'],
    ] as const) {
      await page.getByRole('button', { name: number, exact: true }).click();
      await page.getByText(`${from}–`).waitFor();
    }
    await page.getByLabel('Search by name').fill('user 07');
    await page.getByText('of 1,000 entries').waitFor();
  });

  test('lead to each of their pages', async () => {
    const { page } = await browser.open(gateway, '/users?search=u04321');
    await first(page).getByText('1 channel').click();
    await page.getByRole('heading', { name: 'User 04321' }).waitFor();
  });
});

describe.skipIf(withoutBrowser)('the list of users', () => {
  test('says why there is nothing, and asks again', async () => {
    const { page } = await browser.open(gateway, '/users?search=nobody-at-all');
    await page.getByText('No users match these filters.').waitFor();
    await page.route('**/api/v1/users?**', (route) => route.fulfill({ status: 500, json: {} }));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('Something went wrong').waitFor();
    await page.unroute('**/api/v1/users?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('of 10,000 entries').waitFor();
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { type KeysRoom, openKeysRoom } from '../support/console/keys-room.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let room: KeysRoom;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  room = await openKeysRoom(cleanUp);
});
afterAll(() => cleanUp.run());

const rows = (page: Page) => page.getByRole('table', { name: 'Proxy-Keys' }).locator('tbody tr');
/** The names of the keys in sight. */
const names = async (page: Page): Promise<readonly string[]> =>
  await rows(page).locator('td:nth-child(2)').allInnerTexts();

describe.skipIf(withoutBrowser)('the list of Proxy-Keys', () => {
  test('tells whose they are and what they are worth, and no key', async () => {
    const { page, problems } = await browser.open(room.gateway, '/keys');
    await page.getByText('Linus').first().waitFor();
    const row = (name: string) => page.getByRole('row', { name });
    // The names of users arrive after the keys.
    await expect
      .poll(() => row('Laptop').innerText())
      .toMatch(/Grace Hopper\s+\*\*\*ptop\s+All\s+All\s+Never\s+Never\s+Active/);
    expect(await row('Ordered').innerText()).toMatch(/Main and 2 more/);
    expect(await row('Workshop').innerText()).toMatch(/3 days ago\s+Never\s+Expired/);
    expect(await row('Visitor').innerText()).toMatch(/Expires soon/);
    expect(await row('Retired').innerText()).toMatch(/Disabled/);
    expect(await page.content()).not.toContain('pk-of-the-laptop');
    expect(problems).toEqual([]);
  });

  test('is narrowed and sorted by the server, and the address keeps how', async () => {
    const { page } = await browser.open(room.gateway, '/keys');
    await page.getByRole('searchbox').fill('hopper');
    await expect.poll(() => names(page)).toEqual(['Laptop', 'Workshop']);
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Expired' }).click();
    await expect.poll(() => names(page)).toEqual(['Workshop']);
    await page.reload();
    await expect.poll(() => names(page)).toEqual(['Workshop']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => names(page)).toHaveLength(6);
    // Grace may not use the third channel, so none of her keys leads there.
    await page.getByRole('combobox', { name: 'Channel' }).fill('Third');
    await page.getByRole('option', { name: 'Third (third)' }).click();
    await expect.poll(() => names(page)).not.toContain('Laptop');
    expect(await names(page)).toEqual(expect.arrayContaining(['Ordered', 'Visitor', 'admin']));
    expect(await names(page)).not.toContain('Workshop');
    await page.goto(`${room.gateway.consoleUrl}/keys?status=active`);
    await page.getByRole('button', { name: 'Expires' }).click();
    await expect.poll(async () => (await names(page))[0]).toBe('Visitor');
    expect(await names(page)).not.toContain('Workshop');
    expect(new URL(page.url()).search).toBe('?status=active&sort=expires_at');
  });

  test('leads to a key, also with the keyboard', async () => {
    const { page } = await browser.open(room.gateway, '/keys');
    await page.getByRole('link', { name: 'Laptop' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Laptop', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'All Proxy-Keys' }).click();
    await page.getByRole('row', { name: 'Retired' }).locator('td').last().click();
    await page.getByRole('heading', { name: 'Retired', level: 1 }).waitFor();
  });
});

describe.skipIf(withoutBrowser)('the list of Proxy-Keys, whatever happens,', () => {
  test('says so where nothing fits, and where it cannot be read', async () => {
    const { page } = await browser.open(room.gateway, '/keys?search=nothing-like-that');
    await page.getByText('No Proxy-Keys match').waitFor();
    await page.route('**/api/v1/proxy-keys?*', (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto(`${room.gateway.consoleUrl}/keys`);
    await page.getByRole('alert').getByText('Something went wrong').waitFor();
    await page.unroute('**/api/v1/proxy-keys?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Laptop' }).waitFor();
  });

  test('leads to the first one where there is none', async () => {
    const bare = cleanUp.closing(await startGateway(aDocument({})));
    // The first start has made one.
    await adminClient(bare).delete('/proxy-keys/admin');
    const empty = await browser.open(bare, '/keys');
    await empty.page.getByText('No Proxy-Keys yet').waitFor();
    await empty.page.getByRole('button', { name: 'New Proxy-Key' }).last().click();
    await empty.page.getByRole('dialog', { name: 'New Proxy-Key' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('shuts nobody out in %s, wide or narrow', async (colorScheme) => {
    const { page, problems } = await browser.open(room.gateway, '/keys', { colorScheme, width: 390 });
    await page.getByRole('link', { name: 'Laptop' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;
let admin: AdminClient;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: { name: 'Ann' }, bob: { name: 'Bob', channels: ['openai'] } },
        proxy_keys: { k1: { key: 'pk-secret-of-ann', user: 'ann', name: 'First' } },
        channels: { openai: { platform: 'openai', api_key: 'channel-key-of-test', name: 'OpenAI' } },
      }),
    ),
  );
  admin = adminClient(gateway);
  await admin.patch('/users/ann', { department: 'Sales' });
  await admin.patch('/users/ann', { status: 'disabled' });
  await admin.patch('/channels/openai', { api_key: 'another-channel-key' });
});
afterAll(() => cleanUp.run());

test('all actions of a kind are found together', async () => {
  const actions = async (query: string) =>
    (await admin.get<{ items: { action: string }[] }>(`/audit?${query}`)).body.items.map(
      ({ action }) => action,
    );
  expect(await actions('action=user.*')).toEqual(['user.update', 'user.update']);
  expect(await actions('action=user.*&target=bob')).toEqual([]);
  expect(await actions('action=use.*')).toEqual([]);
});

describe.skipIf(withoutBrowser)('the history', () => {
  test.each([
    ['en-GB', 'light', 1280],
    ['zh-CN', 'dark', 390],
  ] as const)('can be read by everyone: %s, %s, %i pixels', async (language, colorScheme, width) => {
    const { page, problems } = await browser.open(gateway, '/audit', { language, colorScheme, width });
    await page.getByRole('table').getByRole('row').nth(3).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
    expect(problems).toEqual([]);
  });

  test('tells who did what to which record, from what to what, without secrets', async () => {
    const { page } = await browser.open(gateway, '/users/ann');
    await page.locator('main').getByRole('link', { name: 'History', exact: true }).click();
    const rows = page.getByRole('table', { name: 'History' }).getByRole('row');
    await rows.filter({ hasText: 'Sales' }).waitFor();
    expect(await rows.count()).toBe(3);
    const row = rows.filter({ hasText: 'status' });
    for (const text of ['User: changed', 'Ann', 'This computer', '127.0.0.1', 'disabled'])
      await row.getByText(text).first().waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await rows.filter({ hasText: 'Channel: changed' }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).not.toMatch(/channel-key-of-test|another-channel-key|pk-secret/);
  });

  test('is narrowed to a kind and a time', async () => {
    const { page } = await browser.open(gateway, '/audit');
    await page.getByRole('combobox', { name: 'Action' }).click();
    await page.getByRole('option', { name: 'Channel' }).click();
    await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('action')).toBe('channel.*');
  });
});

describe.skipIf(withoutBrowser)('what is true of permissions', () => {
  test('a disabled user’s key is not called active, in either place', async () => {
    const { page } = await browser.open(gateway, '/users/ann');
    await page.getByRole('table').getByText('User disabled').waitFor();
    await page.goto(`${gateway.consoleUrl}/keys`);
    await page.getByRole('row').filter({ hasText: 'First' }).getByText('User disabled').waitFor();
  });
});

describe.skipIf(withoutBrowser)('what is wrong', () => {
  test('a file that was edited so that it cannot be used is told on every screen, with the place', async () => {
    const { page, problems } = await browser.open(gateway, '/users');
    const path = join(gateway.dataDir, 'config', 'users.json');
    const before = await readFile(path, 'utf8');
    await writeFile(path, '{\n  "version": 1,\n  "users": ,\n}\n');
    const note = page.getByText(/users\.json:3:\d+/);
    await note.waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await note.waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await writeFile(path, before);
    await note.waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
  });

  test('a program that is down is told at once, and nothing says that it runs', async () => {
    const other = cleanUp.closing(await startGateway(aDocument({})));
    const { page } = await browser.open(other, '/users');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByText('AIProxy is running').waitFor();
    await other.stop();
    await page.getByRole('alert').getByText('It is asked again every 5 seconds').waitFor();
    expect(await page.getByText('AIProxy is running').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
    expect(await page.locator('[data-state=running]').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    // A screen whose file cannot be loaded says why.
    await page.getByRole('link', { name: 'Connect', exact: true }).click();
    await page.getByText('Its files could not be loaded').waitFor();
  });
});

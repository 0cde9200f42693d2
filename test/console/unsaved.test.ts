import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: { name: 'Ann' } },
        channels: { openai: { platform: 'openai', api_key: 'k' } },
        proxy_keys: { k1: { key: 'pk-one', user: 'ann', name: 'First' } },
        groups: { staff: { name: 'Staff' } },
      }),
    ),
  );
});
afterAll(() => cleanUp.run());

const goBack = (page: Page) => page.evaluate('history.back()');
const question = (page: Page) => page.getByRole('dialog', { name: 'Discard changes' });

/** Each form, how it is opened, and the field that is typed into. */
const FORMS: readonly (readonly [name: string, path: string, open: string, field: string])[] = [
  ['new user', '/users', 'New user', 'Name'],
  ['user', '/users/ann', 'Edit', 'Name'],
  ['group', '/users?tab=groups', 'Staff', 'Name'],
  ['new key', '/keys', 'New Proxy-Key', 'Name'],
  ['key', '/keys/k1', 'Edit', 'Name'],
  ['channel', '/channels/openai', 'Edit', 'Name'],
  ['settings', '/settings', 'Addresses and TLS', 'Maximum connections'],
];

describe.skipIf(withoutBrowser)('what was entered and not saved', () => {
  test.each(FORMS)('is not lost by a step back: %s', async (_, path, open, field) => {
    const { page, problems } = await browser.open(gateway, path);
    await page.locator('main').getByText(open, { exact: true }).first().click();
    const entry = page.getByLabel(field, { exact: true }).last();
    await entry.fill('17');
    const address = page.url();
    await goBack(page);
    await question(page).getByRole('button', { name: 'Cancel' }).click();
    await question(page).waitFor({ state: 'hidden' });
    expect([await entry.inputValue(), page.url()]).toEqual(['17', address]);
    await goBack(page);
    await question(page).getByRole('button', { name: 'Discard changes' }).click();
    await entry.waitFor({ state: 'hidden' });
    await expect.poll(() => page.url()).not.toBe(address);
    expect(problems).toEqual([]);
  });

  test('is not lost by a reload, nor by a link', async () => {
    const { page } = await browser.open(gateway, '/settings?section=network');
    const entry = page.getByLabel('Maximum connections');
    await entry.click();
    await page.keyboard.type('17');
    const asked = new Promise<string>((resolve) => {
      page.once('dialog', (dialog) => {
        resolve(dialog.type());
        void dialog.dismiss();
      });
    });
    void page.evaluate('setTimeout(() => location.reload())');
    expect(await asked).toBe('beforeunload');
    expect(await entry.inputValue()).toBe('17');
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await question(page).getByRole('button', { name: 'Cancel' }).click();
    expect(await entry.inputValue()).toBe('17');
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await question(page).getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  });
});

describe.skipIf(withoutBrowser)('a step back', () => {
  test('closes a form that nothing was entered into, and opens none after a user was made', async () => {
    const { page, problems } = await browser.open(gateway, '/users');
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByRole('dialog', { name: 'New user' }).waitFor();
    await goBack(page);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Berta');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Berta', level: 1 }).waitFor();
    // Where one reads on, not at the top of the browser.
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Berta');
    await goBack(page);
    await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('closes the form of a user and of a key, which stand in the address', async () => {
    const { page } = await browser.open(gateway, '/users/ann');
    for (const path of ['/users/ann', '/keys/k1']) {
      await page.goto(`${gateway.consoleUrl}${path}`);
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      expect(new URL(page.url()).searchParams.has('edit')).toBe(true);
      await page.reload();
      await page.getByRole('dialog').waitFor();
      await goBack(page);
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  });
});

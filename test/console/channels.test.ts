import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

const chat = (key: string): Promise<Response> =>
  fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: '{"model":"gpt-stand-in","messages":[{"role":"user","content":"Hello!"}]}',
  });

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const platform = cleanUp.closing(await startOpenAi());
  const channel = (members: object) => aChannel('openai', platform.url, platform.apiKey, members);
  const document = aDocument({
    channels: {
      main: channel({ name: 'Main', priority: 1 }),
      'a b': channel({ name: 'Broken', priority: 2, api_key: 'wrong-key-of-the-test' }),
      spare: channel({ priority: 3, status: 'disabled', models: ['gpt-*'] }),
      named: channel({ name: 'Named by a user', priority: 4 }),
    },
    users: { ada: aUser({ channels: ['main', 'a b', 'named'] }) },
    proxy_keys: {
      good: aKey('ada', 'pk-good', { channels: [{ id: 'main' }] }),
      bad: aKey('ada', 'pk-bad', { channels: [{ id: 'a b' }] }),
    },
  });
  gateway = cleanUp.closing(await startGateway(document, { demo: true }));
  expect((await chat('pk-good')).status).toBe(200);
  expect((await chat('pk-bad')).status).toBe(401);
});
afterAll(() => cleanUp.run());

const rows = (page: Page) => page.getByRole('table', { name: 'Channels' }).locator('tbody tr');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });

describe.skipIf(withoutBrowser)('the list of channels', () => {
  test('has them in their order, their keys masked, with what came of the last requests', async () => {
    const { page, problems } = await browser.open(gateway, '/channels');
    await row(page, 'Main').getByText('Working').waitFor();
    await row(page, 'Broken').getByText('Failing').waitFor();
    await row(page, 'spare').getByText('Disabled').waitFor();
    await row(page, 'Named').getByText('No requests').waitFor();
    const texts = await rows(page).allInnerTexts();
    expect(texts.map((text) => text.trim().split('\t')[0])).toEqual(['1', '2', '3', '4']);
    expect(texts[0]).toContain('***');
    expect(await page.content()).not.toContain('wrong-key-of-the-test');
    await page.getByRole('link', { name: 'Demo platform' }).click();
    await page.getByText('Built in').waitFor();
    await page.getByText(/needs no platform account/).waitFor();
    expect(problems).toEqual([]);
  });

  test('is searched and filtered by the server, as its address says', async () => {
    const { page } = await browser.open(gateway, '/channels?status=disabled');
    await row(page, 'spare').waitFor();
    expect(await rows(page).count()).toBe(1);
    await page.getByLabel('Search channels').fill('nothing like it');
    await page.getByText('No channels match these filters').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await row(page, 'Main').waitFor();
    await page.getByLabel('Search channels').fill('brok');
    await page.waitForURL(/search=brok/);
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Add channel' }).click();
    await page.getByRole('dialog', { name: 'Add a channel' }).getByText('Ollama').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/channels\?search=brok$/);
  });

  test('has a menu for each, which gives the focus back', async () => {
    const { page, problems } = await browser.open(gateway, '/channels');
    const button = page.getByRole('button', { name: 'Actions for Main' });
    await button.focus();
    await page.keyboard.press('Enter');
    const test = page.getByRole('menuitem', { name: 'Test' });
    await test.waitFor();
    await page.locator('[role=menu]:focus-within').waitFor();
    await page.keyboard.press('Escape');
    await test.waitFor({ state: 'detached' });
    await page.locator('button:focus[aria-label="Actions for Main"]').waitFor();
    await page.keyboard.press('Enter');
    await test.click();
    await page.getByRole('dialog', { name: 'Test Main' }).getByText('The channel works').waitFor();
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('the screen of channels', () => {
  test('says that they could not be read, and tries again', async () => {
    const { page } = await browser.open(gateway, '/');
    const body = '{"error":{"message":"The disk is full.","code":"internal_error"}}';
    await page.route('**/api/v1/channels?*', (route) => route.fulfill({ status: 500, body }));
    await page.getByRole('link', { name: 'Channels', exact: true }).click();
    await page.getByText('The disk is full.').waitFor();
    await page.unroute('**/api/v1/channels?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(page, 'Main').waitFor();
  });

  test.each([
    { colorScheme: 'light', language: 'en-GB', width: 1280, title: 'Channels', state: 'Working' },
    { colorScheme: 'dark', language: 'zh-CN', width: 390, title: '渠道', state: '正常' },
  ] as const)(
    'has no serious finding and no sideways scrolling: %o',
    async ({ title, state, ...options }) => {
      const { page, problems } = await browser.open(gateway, '/channels', options);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByText(state).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0);
      expect(problems).toEqual([]);
    },
  );
});

describe.skipIf(withoutBrowser)('the order of channels', () => {
  test('is made with buttons and with the keyboard, and saved as a whole', async () => {
    const { page, problems } = await browser.open(gateway, '/channels');
    await page.getByRole('button', { name: 'Change order' }).click();
    const items = page.getByRole('list', { name: 'Channel order' }).getByRole('listitem');
    await items.first().waitFor();
    await page.getByRole('button', { name: 'Move spare up' }).click();
    await page.getByRole('button', { name: 'Move Main', exact: true }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Main picked up, place 1 of 4.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText(/Main is now at place 2 of 4/).waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => items.first().innerText()).toContain('spare');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save order' }).click();
    await page.getByText('Order saved.').waitFor();
    await expect
      .poll(async () => (await rows(page).allInnerTexts()).join())
      .toMatch(/spare.*Main.*Broken.*Named/s);
    const { body } = await adminClient(gateway).get<{ items: { id: string; priority: number }[] }>(
      '/channels?sort=priority',
    );
    expect(body.items.map(({ id, priority }) => [id, priority])).toEqual([
      ['spare', 1],
      ['main', 2],
      ['a b', 3],
      ['named', 4],
    ]);
    expect(problems).toEqual([]);
  });
});

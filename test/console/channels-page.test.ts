import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel, User } from '../../src-main/contract/document.ts';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;
let platform: OpenAiStandIn;

const WRONG = 'wrong-key-of-the-test';

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  platform = cleanUp.closing(await startOpenAi());
  const channel = (members: object) => aChannel('openai', platform.url, platform.apiKey, members);
  const { api_key: _, ...keyless } = channel({ name: 'Two keys' });
  const document = aDocument({
    channels: {
      main: channel({ name: 'Main' }),
      'a b': channel({ name: 'Broken', api_key: WRONG, timeout: 30 }),
      two: { ...keyless, api_keys: [platform.apiKey, WRONG] },
      gone: channel({ name: 'Going' }),
    },
    users: { ada: aUser({ name: 'Ada', channels: ['a b', 'gone'] }) },
    proxy_keys: { bad: aKey('ada', 'pk-bad', { channels: [{ id: 'a b' }] }) },
  });
  gateway = cleanUp.closing(await startGateway(document, { demo: true }));
  await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer pk-bad', 'content-type': 'application/json' },
    body: '{"model":"gpt-stand-in","messages":[{"role":"user","content":"Hello!"}]}',
  });
});
afterAll(() => cleanUp.run());

const stored = async <T = Channel>(path: string): Promise<T> =>
  (await adminClient(gateway).get<T>(path)).body;
const sideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe.skipIf(withoutBrowser)('the page of a channel', () => {
  test('has its facts, its last day and the plain reason of its errors', async () => {
    const { page, problems } = await browser.open(gateway, '/channels/a%20b');
    await page.getByRole('heading', { name: 'Broken' }).waitFor();
    // Ada's by her own list; the first start's user may use all channels.
    await page.getByRole('link', { name: '2 users' }).waitFor();
    await page.getByRole('link', { name: '2 Proxy-Keys' }).waitFor();
    await page.getByText('Incorrect API key provided.').waitFor();
    await page.getByText(/platform refused the channel’s API key/i).waitFor();
    await page.getByRole('img', { name: /Requests by hour/ }).waitFor();
    const errors = page.getByRole('link', { name: 'Client errors' });
    expect(await errors.getAttribute('href')).toBe('/requests?channel=a%20b&outcome=client_error');
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('shows its key in full only on demand, which is audited, and hides it again', async () => {
    const { page } = await browser.open(gateway, '/channels/main');
    await page.getByRole('button', { name: 'Show keys' }).click();
    await page.getByText(platform.apiKey, { exact: true }).waitFor();
    await page.getByText(/This is recorded in the audit log/).waitFor();
    await page.getByRole('button', { name: 'Hide keys' }).click();
    await page.getByText(platform.apiKey, { exact: true }).waitFor({ state: 'detached' });
    const audit = await stored<{ items: { target: string }[] }>('/audit?action=channel.reveal');
    expect(audit.items.map(({ target }) => target)).toEqual(['main']);
  });

  test('tests it at the platform, with each of its keys, or with a model', async () => {
    const { page } = await browser.open(gateway, '/channels/two', { colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The channel does not work').waitFor();
    await dialog.getByText('GET /v1/models').waitFor();
    const keys = dialog.getByRole('table', { name: 'Each key' }).locator('tr');
    expect(await keys.count()).toBe(2);
    await keys.nth(0).getByText('works', { exact: true }).waitFor();
    await keys.nth(1).getByText('401 Incorrect API key provided.').waitFor();
    expect(await page.content()).not.toContain(WRONG);
    expect(await seriousFindings(page)).toEqual([]);

    await page.goto(`${gateway.consoleUrl}/channels/main`);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await dialog.getByText('the platform lists 2 models').waitFor();
    await dialog.getByLabel('Model to test').click();
    await page.getByRole('option', { name: 'gpt-stand-in' }).click();
    await dialog.getByRole('button', { name: 'Test again' }).click();
    await dialog.getByText('the model gpt-stand-in answered').waitFor();
    await dialog.getByText('POST /v1/chat/completions').waitFor();
  });
});

describe.skipIf(withoutBrowser)('a channel', () => {
  test('is disabled, and that is taken back', async () => {
    const { page } = await browser.open(gateway, '/channels/main');
    await page.getByRole('button', { name: 'Actions for Main' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('Main disabled.').waitFor();
    expect((await stored('/channels/main')).status).toBe('disabled');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await stored('/channels/main')).status).toBe('active');
  });

  test('is deleted after it was said whom that affects', async () => {
    const { page, problems } = await browser.open(gateway, '/channels/gone');
    await page.getByRole('button', { name: 'Actions for Going' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete channel Going?' });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByText('1 user: ada').waitFor();
    await dialog.getByRole('button', { name: 'Delete anyway' }).click();
    await page.waitForURL(/\/channels$/);
    expect((await stored<User>('/users/ada')).channels).toEqual(['a b']);
    await page.goto(`${gateway.consoleUrl}/channels/gone`);
    await page.getByText('Channel not found').waitFor();
    expect(problems).toEqual([]);
  });

  test('of the demo is built in, and ends with it', async () => {
    const { page, problems } = await browser.open(gateway, '/channels/aiproxy-demo', { language: 'zh-CN' });
    await page.getByText('内置').waitFor();
    await page.getByRole('button', { name: '结束演示' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '结束演示' }).click();
    await page.getByText('演示已结束。').waitFor();
    expect(await stored<{ demo: boolean }>('/status')).toMatchObject({ demo: false });
    expect(problems).toEqual([]);
  });

  test('fits 390 pixels, in Chinese', async () => {
    const { page } = await browser.open(gateway, '/channels/a%20b', { width: 390, language: 'zh-CN' });
    await page.getByText('最近的错误').waitFor();
    await page.getByText('Incorrect API key provided.').waitFor();
    expect(await sideways(page)).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
  });
});

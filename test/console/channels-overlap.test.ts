import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;
beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const document = aDocument({
    users: { ada: aUser() },
    channels: { openai: aChannel('openai', 'https://a.test', 'k') },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

const drawer = (page: Page) => page.getByRole('dialog').first();
const models = async (id: string): Promise<unknown> =>
  (await adminClient(gateway).get<{ models?: unknown }>(`/channels/${id}`)).body.models;

describe.skipIf(withoutBrowser)('a channel that takes any model as another one does', () => {
  test('says on its page and in its form that it gets no requests, until it has the usual models', async () => {
    const { page, problems } = await browser.open(gateway, '/channels?new=openai_compatible');
    const form = drawer(page);
    await form.getByRole('textbox', { name: 'ID', exact: true }).fill('kimi');
    expect(await form.getByRole('button', { name: /^Use the usual/ }).count()).toBe(0);
    await form.getByRole('textbox', { name: 'Address', exact: true }).fill('https://api.moonshot.cn/v1');
    await form.getByRole('button', { name: 'Use the usual ones: kimi*, moonshot*' }).waitFor();
    await form.getByRole('button', { name: 'Add channel' }).click();
    await page.waitForURL(/\/channels\/kimi$/);
    await page.getByText('so “kimi” gets no requests').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await form.getByText('so “kimi” gets no requests').waitFor();
    await form.getByRole('button', { name: 'Use the usual ones: kimi*, moonshot*' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('so “kimi” gets no requests').first().waitFor({ state: 'detached' });
    expect(await models('kimi')).toEqual(['kimi*', 'moonshot*']);
    expect(problems).toEqual([]);
  });

  test('says so in Chinese', async () => {
    await adminClient(gateway).post('/channels', { id: 'qwen', platform: 'dashscope', api_key: 'k' });
    const { page } = await browser.open(gateway, '/channels/qwen', { language: 'zh-CN' });
    await page.getByText('“openai”和“qwen”都不限模型，因此“qwen”收不到请求。').waitFor();
    expect(await page.getByText(/both take any model/).count()).toBe(0);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let openai: OpenAiStandIn;

/** As the first start leaves it: with a user `admin` and a Proxy-Key. */
const fresh = async (): Promise<Gateway> => cleanUp.closing(await startGateway(aDocument({})));

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  openai = cleanUp.closing(await startOpenAi());
});
afterAll(() => cleanUp.run());

const choose = async (page: Page, field: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

describe.skipIf(withoutBrowser)('the first steps', () => {
  test('lead from nothing to the first answer of a real platform', async () => {
    const gateway = await fresh();
    const { page, problems } = await browser.open(gateway, '/');
    await page.getByRole('heading', { name: 'Welcome to AIProxy' }).waitFor();
    await choose(page, 'Platform', 'OpenAI');
    await page.getByRole('textbox', { name: 'Address' }).fill(openai.url);
    await page.getByLabel('The platform’s API key').fill('channel-key-wrong');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByRole('alert').getByText('Incorrect API key provided.', { exact: false }).waitFor();
    expect((await adminClient(gateway).get('/channels')).body).toMatchObject({ total: 0 });
    await page.getByLabel('The platform’s API key').fill(openai.apiKey);
    await page.getByRole('button', { name: 'Test and save' }).click();

    await page.getByRole('textbox', { name: 'Name' }).fill('Ann');
    await page.getByRole('textbox', { name: 'Department' }).fill('Research');
    await page.getByRole('button', { name: 'Create user and key' }).click();
    const key = await page.getByText(/^pk-[\w-]{32}$/).innerText();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();

    await page.getByText('With the Proxy-Key Ann', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Model' }).fill('gpt-stand-in');
    await page.getByRole('textbox', { name: 'Message' }).fill('good morning');
    await page.getByRole('button', { name: 'Send a test request' }).click();
    await page.getByRole('region', { name: 'Answer' }).getByText('You said: good morning').waitFor();
    await page.getByText('All set. AIProxy is ready.').waitFor();
    const [line] = await gateway.lines(1);
    const { body } = await adminClient(gateway).get<{ items: object[] }>(`/users?search=Ann`);
    expect(body.items).toMatchObject([{ id: line?.user, department: 'Research', channels: '*' }]);
    expect(await page.content()).not.toContain(key);
    await page.getByRole('link', { name: 'Go to Overview' }).click();
    await page.getByText('AIProxy is running', { exact: true }).waitFor();
    expect(await page.getByText('Get started in three steps').count()).toBe(0);
    await page.getByText('1 request, 100% successful', { exact: true }).waitFor();
    await page.locator('.recharts-yAxis-tick-labels text').first().waitFor();
    const ticks = await page.locator('.recharts-yAxis-tick-labels text').allTextContents();
    expect(ticks.filter((tick) => /^\d+$/.test(tick))).toEqual(ticks);
    expect(problems).toEqual([]);
  });

  test('need no account: the demo answers, in Chinese too', async () => {
    const gateway = await fresh();
    const { page, problems } = await browser.open(gateway, '/welcome', { language: 'zh-CN' });
    await page.getByRole('button', { name: '使用演示渠道' }).click();
    await page.getByRole('button', { name: '展开: 发送第一个请求' }).click();
    await page.getByRole('button', { name: '发送测试请求' }).click();
    await page
      .getByRole('region', { name: '回答' })
      .getByText('用一句话打个招呼', { exact: false })
      .waitFor();
    await page.getByText('全部就绪，AIProxy 已可使用。').waitFor();
    expect(problems).toEqual([]);
  });

  test('can be left, and are found again on the overview', async () => {
    const gateway = await fresh();
    const { page } = await browser.open(gateway, '/welcome');
    await page.getByRole('link', { name: 'Go to Overview' }).click();
    await page.getByRole('region', { name: 'Get started in three steps' }).getByText('0 of 3 done').waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Add a channel' }).waitFor();
    await page.getByRole('button', { name: 'Use the demo channel' }).click();
    await page.getByRole('link', { name: 'Go to Overview' }).click();
    await page.getByText('2 of 3 done').waitFor();
  });
});

describe.skipIf(withoutBrowser)('the first steps', () => {
  test('ask nothing that has no effect yet', async () => {
    const { page, problems } = await browser.open(await fresh(), '/welcome');
    await page.getByRole('heading', { name: 'Add a channel' }).waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('the screen', () => {
  test.each(['light', 'dark'] as const)('reads well for everybody in %s', async (colorScheme) => {
    const { page, problems } = await browser.open(await fresh(), '/welcome', { colorScheme });
    await page.getByRole('button', { name: 'Test and save' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('fits a phone', async () => {
    const { page } = await browser.open(await fresh(), '/welcome', { width: 390 });
    await page.getByRole('button', { name: 'Test and save' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

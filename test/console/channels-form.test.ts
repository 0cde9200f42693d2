import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
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
const SECOND = 'second-key-of-the-test';

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  platform = cleanUp.closing(await startOpenAi());
  const kept = aChannel('openai', platform.url, platform.apiKey, {
    name: 'Kept',
    headers: { 'x-a': 'secret-a' },
  });
  const document = aDocument({
    channels: { kept, torn: { ...kept, name: 'Torn' } },
    users: { ada: aUser() },
    proxy_keys: { ada: aKey('ada', 'pk-ada', { failover: false }) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

const stored = async (id: string): Promise<Channel & { id: string }> =>
  (await adminClient(gateway).post<Channel & { id: string }>(`/channels/${id}/reveal`)).body;
const read = async (id: string): Promise<Channel> =>
  (await adminClient(gateway).get<Channel>(`/channels/${id}`)).body;
const drawer = (page: Page) => page.getByRole('dialog').first();

describe.skipIf(withoutBrowser)('a new channel', () => {
  test('is chosen a platform for, tested before it is saved, and carries requests with its key', async () => {
    const { page, problems } = await browser.open(gateway, '/channels');
    await page.getByRole('button', { name: 'Add channel' }).click();
    await page.getByRole('button', { name: /^OpenAI GPT/ }).click();
    const form = drawer(page);
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('OpenAI');
    expect(
      await form.getByRole('textbox', { name: 'Address', exact: true }).getAttribute('placeholder'),
    ).toBe('https://api.openai.com');
    await form.getByRole('textbox', { name: 'ID', exact: true }).fill('mine');
    await form.getByRole('textbox', { name: 'Address', exact: true }).fill(platform.url);
    await form.getByLabel('API key').fill(WRONG);
    await form.getByRole('button', { name: 'Test' }).click();
    await form
      .getByText(/private|loopback/i)
      .first()
      .waitFor();
    await form.getByRole('button', { name: /^Connection/ }).click();
    await form.getByRole('combobox', { name: 'Private addresses' }).click();
    await page.getByRole('option', { name: 'Yes', exact: true }).click();
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText('Incorrect API key provided.').waitFor();
    await form.getByLabel('API key').fill(platform.apiKey);
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText('the platform lists 2 models').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await form.getByRole('button', { name: 'Add channel' }).click();
    await page.waitForURL(/\/channels\/mine$/);
    expect(await stored('mine')).toMatchObject({ api_key: platform.apiKey });
    expect(await read('mine')).toMatchObject({ name: 'OpenAI', platform: 'openai', allow_private: true });
    platform.passOver();
    const answer = await fetch(`${gateway.proxyUrl}/channels/mine/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk-ada', 'content-type': 'application/json' },
      body: '{"model":"gpt-stand-in","messages":[{"role":"user","content":"Hello!"}]}',
    });
    expect(answer.status).toBe(200);
    const seen = await platform.nextRequest();
    expect(await seen.placesOf(platform.apiKey)).toEqual(['header authorization']);
    expect(await seen.placesOf('pk-ada')).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('a channel that is added', () => {
  test('says at its fields what is missing and what the server refuses, in folded parts too', async () => {
    const { page } = await browser.open(gateway, '/channels?new=azure');
    const form = drawer(page);
    await form.getByLabel('API version').fill('2024-10-21');
    const save = form.getByRole('button', { name: 'Add channel' });
    await save.click();
    await form.getByText('This platform has no default address.').waitFor();
    await page.locator('input:focus[aria-invalid=true]').waitFor();
    await form.getByRole('textbox', { name: 'Address', exact: true }).fill('https://resource.example');
    await form.getByRole('textbox', { name: 'ID', exact: true }).fill('azure');
    await form.getByRole('button', { name: /^Connection/ }).click();
    await form.getByRole('button', { name: 'Add: Headers' }).click();
    await form.getByLabel('Headers: Name 1').fill('bad name');
    await form.getByLabel('Headers: Value 1').fill('x');
    await form.getByRole('button', { name: /^Connection/ }).click();
    await save.click();
    await form.getByText('"bad name" is not a header name').waitFor();
    await form.getByLabel('Headers: Name 1').fill('x-good');
    await save.click();
    await page.waitForURL(/\/channels\/azure$/);
    expect(await read('azure')).toMatchObject({ settings: { api_version: '2024-10-21' } });
  });

  test('is added in Chinese, on a narrow window, without a key where none is needed', async () => {
    const { page, problems } = await browser.open(gateway, '/channels', { language: 'zh-CN', width: 390 });
    await page.getByRole('button', { name: '添加渠道' }).first().click();
    await page.getByRole('button', { name: /^Ollama/ }).click();
    const form = drawer(page);
    await form.getByText('不需要密钥时可留空。').waitFor();
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    await form.getByRole('textbox', { name: 'ID', exact: true }).fill('local');
    await form.getByRole('button', { name: '添加渠道' }).click();
    await page.getByText('Ollama 已添加。').waitFor();
    expect(await read('local')).toMatchObject({ platform: 'ollama', name: 'Ollama' });
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('a stored channel', () => {
  test('keeps its secrets where nothing else was entered, and takes a second key', async () => {
    const { page, problems } = await browser.open(gateway, '/channels/kept?edit');
    const form = drawer(page);
    await form.getByLabel('Name', { exact: true }).fill('Renamed');
    await form.getByRole('button', { name: 'Load the platform’s list' }).click();
    await form.getByText('The platform offers 2 models').waitFor();
    await form.getByLabel('Models').click();
    await page.getByRole('option', { name: 'gpt-stand-in' }).click();
    await form.getByRole('button', { name: 'Add another key' }).click();
    await form.getByLabel('API key 2').fill(SECOND);
    await form.getByText(/reads the stored keys once in full/).waitFor();
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByRole('table', { name: 'Each key' }).waitFor();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await stored('kept')).toEqual({
      id: 'kept',
      api_keys: [platform.apiKey, SECOND],
      headers: { 'x-a': 'secret-a' },
    });
    expect(await read('kept')).toMatchObject({ name: 'Renamed', models: ['gpt-stand-in'] });
    expect(problems).toEqual([]);
  });

  test('that somebody else changed meanwhile is not written over unasked', async () => {
    const { page } = await browser.open(gateway, '/channels/torn?edit');
    const form = drawer(page);
    await form.getByLabel('Name', { exact: true }).fill('Mine');
    await form.getByLabel('API key').fill(SECOND);
    await adminClient(gateway).patch('/channels/torn', { name: 'Theirs', priority: 7 });
    await form.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this in the meantime' });
    await conflict.getByText('Theirs').waitFor();
    expect(await conflict.innerText()).not.toContain(SECOND);
    await conflict.getByRole('button', { name: 'Save my version' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await read('torn')).toMatchObject({ name: 'Mine', priority: 7 });
    expect(await stored('torn')).toMatchObject({ api_key: SECOND });
  });
});

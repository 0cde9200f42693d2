import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const platform = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    channels: { main: aChannel('openai', platform.url, platform.apiKey, { name: 'Main' }) },
    users: { grace: aUser({ name: 'Grace' }) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

describe.skipIf(withoutBrowser)('a user’s Proxy-Key', () => {
  test('is made in the form of the user, shown once with the address, and works', async () => {
    const { page, problems } = await browser.open(gateway, '/users?new=1');
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Ada');
    await form.getByRole('radiogroup', { name: 'Channels' }).getByText('All', { exact: true }).click();
    await form.getByLabel('Make a Proxy-Key too').check();
    await form.getByLabel('The Proxy-Key expires').click();
    await page.getByRole('option', { name: 'In 30 days' }).click();
    await form.getByRole('button', { name: 'Create' }).click();
    const made = page.getByRole('dialog', { name: 'Proxy-Key created' });
    const key = (await made.getByText(/^pk-/).first().textContent()) ?? '';
    await made.getByText(`OPENAI_BASE_URL='${gateway.proxyUrl}/v1'`).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await made.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await page.getByRole('table', { name: 'Proxy-Keys' }).waitFor();
    const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: '{"model":"any","messages":[]}',
    });
    expect([answer.status, problems]).toEqual([200, []]);
  });

  test('that is made from the user’s page leads back there, and so does giving it up', async () => {
    const { page } = await browser.open(gateway, '/users/grace');
    await page.getByRole('link', { name: 'New Proxy-Key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Grace' }).waitFor();
    await page.getByRole('link', { name: 'New Proxy-Key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    const made = page.getByRole('dialog', { name: 'Proxy-Key created' });
    await made.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Grace' }).waitFor();
    await page.getByRole('table', { name: 'Proxy-Keys' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/users/grace');
  });

  test('is offered in Chinese and 390 pixels too', async () => {
    const { page } = await browser.open(gateway, '/users?new=1', {
      language: 'zh-CN',
      width: 390,
      colorScheme: 'dark',
    });
    await page.getByLabel('同时生成 Proxy-Key').check();
    await page.getByRole('combobox', { name: 'Proxy-Key 到期' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});

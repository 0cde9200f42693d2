import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** What a central service gave to this computer's owner. */
const KEY = 'pk-of-ann-at-the-central-service';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let central: Gateway;
let local: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const platform = cleanUp.closing(await startOpenAi());
  central = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { k: aKey('ann', KEY) },
        channels: { openai: aChannel('openai', platform.url, platform.apiKey) },
      }),
    ),
  );
  local = cleanUp.closing(await startGateway(aDocument({})));
});
afterAll(() => cleanUp.run());

const ask = () =>
  fetch(`${local.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
  });

describe.skipIf(withoutBrowser)('where keys live', () => {
  test('an address that a link brings is filled in, and stored by nobody but the admin', async () => {
    const address = encodeURIComponent(central.proxyUrl);
    const { page, problems } = await browser.open(local, `/settings?section=keys&address=${address}`);
    await page.getByText('This address came from a link.').waitFor();
    expect(await page.getByLabel('Address of the service').inputValue()).toBe(central.proxyUrl);
    expect((await adminClient(local).get('/central')).body).toMatchObject({
      connected: false,
      base_url: null,
    });
    expect(problems).toEqual([]);
  });

  test('a wrong key is refused at its field with the service’s own word, and nothing is stored', async () => {
    const { page } = await browser.open(local, '/settings');
    await page.getByRole('radio', { name: 'In a central key service' }).click();
    await page.getByLabel('Address of the service').fill(central.proxyUrl);
    await page.getByLabel('Your Proxy-Key there').fill('pk-of-nobody');
    await page.getByRole('button', { name: 'Test and connect' }).click();
    await page.getByText(/not known here/).waitFor();
    expect((await adminClient(local).get('/channels')).body).toMatchObject({ total: 0 });
    await page.getByRole('button', { name: 'Save without testing' }).click();
    await page.getByRole('dialog').getByText('Requests will fail until it does.').waitFor();
  });

  test('connecting is tried out, stored, and carries requests; disconnecting ends that', async () => {
    const { page, problems } = await browser.open(local, '/settings');
    await page.getByRole('radio', { name: 'In a central key service' }).click();
    await page.getByLabel('Address of the service').fill(central.proxyUrl);
    await page.getByLabel('Your Proxy-Key there').fill(KEY);
    await page.getByRole('button', { name: 'Test and connect' }).click();
    await page.locator('main').getByText(`Connected to ${central.proxyUrl}`).waitFor();
    expect((await ask()).status).toBe(200);
    expect(await page.locator('main').innerHTML()).not.toContain(KEY);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Disconnected', { exact: true }).waitFor();
    expect((await ask()).status).toBe(403);
    expect(problems).toEqual([]);
  });

  test('connecting again keeps the stored key, in Chinese', async () => {
    const { page } = await browser.open(local, '/settings', { language: 'zh-CN' });
    await page.getByRole('radio', { name: '在中央密钥服务' }).click();
    expect(await page.getByLabel('服务地址').inputValue()).toBe(central.proxyUrl);
    await page.getByRole('button', { name: '测试并连接' }).click();
    await page.locator('main').getByText(`已连接到 ${central.proxyUrl}`).waitFor();
    expect((await ask()).status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { System } from '../../src-main/contract/document.ts';
import { type AdminClient, adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;
let admin: AdminClient;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  gateway = cleanUp.closing(await startGateway(aDocument({ users: { ann: aUser({ name: 'Ann Li' }) } })));
  admin = adminClient(gateway);
});
afterAll(() => cleanUp.run());

const system = async () => (await admin.get<System>('/system')).body;

describe.skipIf(withoutBrowser)('the settings', () => {
  test('say who may see the statistics page, and the proxy obeys at once', async () => {
    const { page, problems } = await browser.open(gateway, '/settings?section=access');
    await page.getByRole('combobox', { name: 'Statistics page, /dashboard' }).click();
    await page.getByRole('option', { name: 'Only the computer AIProxy runs on' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await system()).internal_allow).toMatchObject({ dashboard: [] });
    const stranger = { headers: { 'x-forwarded-for': '192.0.2.7' } };
    expect((await fetch(`${gateway.proxyUrl}/dashboard`, stranger)).status).toBe(403);
    expect((await fetch(`${gateway.proxyUrl}/stats`, stranger)).status).toBe(200);
    expect(problems).toEqual([]);
  });

  test('take who needs no key, and take it back', async () => {
    const { page } = await browser.open(gateway, '/settings?section=access');
    const field = page.getByRole('combobox', { name: 'Accept from this computer as user' });
    await field.fill('Ann');
    await page.getByRole('option', { name: /Ann Li/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await system()).anonymous_user).toBe('ann');
    await admin.patch('/system', { anonymous_user: null });
  });

  test('show what the server refuses at its field, and what waits for the next start', async () => {
    const { page, problems } = await browser.open(gateway, '/settings?section=network');
    const own = page.getByRole('region', { name: 'Console and admin API' });
    await own.getByLabel('Address to listen on').fill('0.0.0.0');
    await page.getByRole('button', { name: 'Save' }).click();
    await own.getByText(/opens the console to the network without TLS/).waitFor();
    expect((await system()).console).toBe(undefined);
    await page.getByRole('button', { name: 'Discard changes' }).click();
    const port = page.getByRole('region', { name: 'AI traffic' }).getByLabel('Port');
    await port.fill('99999');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => port.getAttribute('aria-invalid')).toBe('true');
    expect((await system()).proxy?.port).toBe(undefined);
    await port.fill('8101');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('These settings take effect when AIProxy restarts:').waitFor();
    await page.getByText('AI traffic: Port').waitFor();
    expect((await system()).proxy).toEqual({ port: 8101 });
    await page.getByRole('region', { name: 'AI traffic' }).getByLabel('Port').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await system()).proxy?.port).toBe(undefined);
    expect(problems).toEqual([]);
  });

  test('check what is entered by the document’s own rules, before it is sent', async () => {
    const { page } = await browser.open(gateway, '/settings?section=network');
    await page.getByRole('region', { name: 'AI traffic' }).getByLabel('TLS certificate').fill('/cert.pem');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Required', { exact: true }).waitFor();
  });
});

describe.skipIf(withoutBrowser)('one setting', () => {
  test('that two admins want differently is shown to the second one, and not written over', async () => {
    const { page } = await browser.open(gateway, '/settings?section=logs');
    const days = page.getByLabel('Days to keep logs');
    await days.fill('60');
    await admin.patch('/system', { log_retention_days: 90 });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this in the meantime').waitFor();
    await page.getByRole('row', { name: 'Days to keep logs 90 60' }).waitFor();
    expect((await system()).log_retention_days).toBe(90);
    await page.getByRole('button', { name: 'Save my version' }).click();
    await expect.poll(async () => (await system()).log_retention_days).toBe(60);
  });

  test('is kept where it has no effect yet and so is not asked for, in Chinese', async () => {
    await admin.patch('/system', { records: { bodies: 'never' } });
    const { page, problems } = await browser.open(gateway, '/settings?section=logs', { language: 'zh-CN' });
    await page.getByLabel('日志保留天数').fill('45');
    expect(await page.getByRole('radio').count()).toBe(0);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存').waitFor();
    expect(await system()).toMatchObject({ log_retention_days: 45, records: { bodies: 'never' } });
    expect(problems).toEqual([]);
  });

  test('is a price: added, changed and deleted', async () => {
    const { page, problems } = await browser.open(gateway, '/settings?section=prices');
    await page.getByText('No prices yet').waitFor();
    await page.getByRole('button', { name: 'Add price' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Models', exact: true }).fill('gpt-4o*');
    await form.getByLabel('Input, per million tokens', { exact: true }).fill('2.5');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'gpt-4o*', exact: true }).click();
    await form.getByLabel('Output, per million tokens').fill('10');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: '10.00' }).waitFor();
    expect((await admin.get('/prices/gpt-4o*')).body).toMatchObject({ input: 2.5, output: 10 });
    await page.getByRole('button', { name: 'Delete gpt-4o*' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No prices yet').waitFor();
    expect(problems).toEqual([]);
  });

  test('of a price that somebody else changed begins anew with theirs', async () => {
    await admin.post('/prices', { id: 'gpt-5*', input: 1, output: 2 });
    const { page, problems } = await browser.open(gateway, '/settings?section=prices');
    await page.getByRole('button', { name: 'gpt-5*', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Price of gpt-5*' });
    await form.getByLabel('Output, per million tokens').fill('3');
    await admin.patch('/prices/gpt-5*', { output: 4 });
    await form.getByRole('button', { name: 'Save' }).click();
    const both = page.getByRole('dialog', { name: 'Somebody else changed this in the meantime' });
    await both.getByRole('row', { name: 'Output, per million tokens 4 3' }).waitFor();
    await both.getByRole('button', { name: 'Keep the stored version' }).click();
    await expect.poll(() => form.getByLabel('Output, per million tokens').inputValue()).toBe('4');
    expect((await admin.get('/prices/gpt-5*')).body).toMatchObject({ output: 4 });
    await admin.delete('/prices/gpt-5*');
    expect(problems).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
});
afterAll(() => cleanUp.run());

const users = { ann: aUser({ name: 'Ann Li' }) };
const started = async () => cleanUp.closing(await startGateway(aDocument({ users })));

const LEGACY = [
  { name: 'users.yaml', content: 'anna: { name: 安娜, proxy_key: pk_anna_xxx, channels: [main] }\n' },
  {
    name: 'channels.yaml',
    content: 'main: { name: Main, api_key: sk_main_xxx, base_url: "https://api.openai.com" }\n',
  },
];
const fileOf = ({ name, content }: { name: string; content: string }) => ({
  name,
  mimeType: 'text/yaml',
  buffer: Buffer.from(content),
});

describe.skipIf(withoutBrowser)('what is brought in and out', () => {
  test('makes a backup, and brings it back once that was asked', async () => {
    const gateway = await started();
    const admin = adminClient(gateway);
    const { page, problems } = await browser.open(gateway, '/settings?section=backup');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Create backup' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^aiproxy-backup-.*\.tar\.gz$/);
    const path = await file.path();
    await admin.delete('/users/ann');
    await page.locator('input[type=file]').first().setInputFiles(path);
    const ask = page.getByRole('dialog');
    await ask.getByText('anything it does not contain is removed').waitFor();
    expect((await admin.get('/users/ann')).status).toBe(404);
    await ask.getByRole('button', { name: 'Restore' }).click();
    await page.getByText(/The previous state is kept as/).waitFor();
    expect((await admin.get('/users/ann')).body).toMatchObject({ name: 'Ann Li' });
    expect(problems).toEqual([]);
  });

  test('says why a file is no backup, and changes nothing', async () => {
    const gateway = await started();
    const { page } = await browser.open(gateway, '/settings?section=backup');
    const file = { name: 'holiday.tar.gz', mimeType: 'application/gzip', buffer: Buffer.from('no backup') };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('alert').waitFor();
    expect((await adminClient(gateway).get('/users/ann')).status).toBe(200);
  });

  test('imports the older system’s files together, and says what came of them', async () => {
    const gateway = await started();
    const { page, problems } = await browser.open(gateway, '/settings?section=backup', { language: 'zh-CN' });
    await page.locator('input[type=file]').last().setInputFiles(LEGACY.map(fileOf));
    await page.getByRole('row', { name: '渠道 1' }).waitFor();
    await page.getByRole('row', { name: 'Proxy-Key 1' }).waitFor();
    const found = await adminClient(gateway).get<{ items: readonly object[] }>('/users?search=安娜');
    expect(found.body.items).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('names the file and the line of what cannot be imported', async () => {
    const gateway = await started();
    const { page } = await browser.open(gateway, '/settings?section=backup');
    const broken = fileOf({ name: 'users.yaml', content: 'anna: { name: [\n' });
    await page.locator('input[type=file]').last().setInputFiles([broken]);
    await page
      .getByRole('listitem')
      .filter({ hasText: /users\.yaml:\d+:\d+/ })
      .first()
      .waitFor();
  });
});

describe.skipIf(withoutBrowser)('the program itself', () => {
  test('replaces the admin token, shows it this once, and stays signed in', async () => {
    const gateway = await started();
    const before = await adminClient(gateway).post<{ admin_token: string }>('/admin-token');
    const door = { consoleUrl: gateway.consoleUrl, runToken: before.body.admin_token };
    const { page, problems } = await browser.open(door, '/settings?section=program');
    await page.getByRole('button', { name: 'Create a new token…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create new token' }).click();
    const shown = page.getByRole('dialog', { name: 'New admin token' });
    const token = await shown.locator('pre').innerText();
    expect(token).toMatch(/^at-/);
    expect((await adminClient(gateway, door.runToken).get('/status')).status).toBe(401);
    expect((await adminClient(gateway, token).get('/status')).status).toBe(200);
    await shown.getByRole('button', { name: 'I have stored it' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await page.content()).not.toContain(token);
    expect(problems).toEqual([]);
  });

  test('shows the licences of what the page is made of', async () => {
    const gateway = await started();
    const { page } = await browser.open(gateway, '/settings?section=program');
    await page.getByText('2.0.0', { exact: true }).waitFor();
    await page.getByRole('link', { name: '/licenses.txt' }).click();
    await page
      .getByText(/mantine/i)
      .first()
      .waitFor();
  });

  test('ends the program once that was asked', async () => {
    const gateway = await started();
    const { page } = await browser.open(gateway, '/settings?section=program');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await gateway.shutdownAsked;
    await page.getByText('AIProxy is stopping.').waitFor();
    const audit = await readFile(`${gateway.dataDir}/logs/${auditFile()}`, 'utf8');
    expect(audit).toContain('program.shutdown');
  });
});

const auditFile = (): string => `audit-${new Date().toISOString().slice(0, 10)}.jsonl`;

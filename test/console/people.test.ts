import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
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
    channels: {
      main: aChannel('openai', platform.url, platform.apiKey, { name: 'Main' }),
      spare: aChannel('openai', platform.url, platform.apiKey, { name: 'Spare' }),
    },
    groups: { interns: { name: 'Interns', channels: ['main', 'spare'] } },
    users: { ann: aUser({ name: 'Ann Li', department: 'Sales' }) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

const THIRTY = [
  'Name;Department;E-mail;Group',
  ...Array.from({ length: 30 }, (_, at) => `Person ${at};Research;p${at}@example.com;Interns`),
].join('\r\n');

const sheet = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Counts the presses of a mouse on the page, as the browser sees them. */
async function countedPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(
    "window.presses = 0; addEventListener('pointerdown', () => { window.presses += 1; }, { capture: true })",
  );
  return async () => Number(await page.evaluate('window.presses'));
}

async function choose(page: Page, file: ReturnType<typeof sheet>): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /Choose a|选择文件/ }).click(),
  ]);
  await chooser.setFiles(file);
}

const total = async (path: string): Promise<number> =>
  (await adminClient(gateway).get<{ total: number }>(path)).body.total;

describe.skipIf(withoutBrowser)('people from a spreadsheet', () => {
  test('are thirty users with keys, and a list to hand out, after at most ten presses', async () => {
    const { page, problems } = await browser.open(gateway, '/users');
    const presses = await countedPresses(page);
    await page.getByRole('button', { name: 'Import people' }).click();
    await choose(page, sheet('people.csv', THIRTY));
    await page.getByText('New 30').waitFor();
    await page.getByRole('button', { name: 'Import 30 people' }).click();
    await page.getByText('Imported: 30 new, 0 changed, 30 Proxy-Keys.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the list' }).click(),
    ]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'Person 0', exact: true }).waitFor();
    expect(await presses()).toBeLessThanOrEqual(10);
    expect(download.suggestedFilename()).toMatch(/^aiproxy-keys-\d{4}-\d\d-\d\d\.csv$/);
    const rows: Record<string, string>[] = parse(await readFile(await download.path()), {
      columns: true,
      bom: true,
    });
    expect(rows).toHaveLength(30);
    const answer = await fetch(`${rows[7]?.openai_base_url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rows[7]?.key}` },
      body: '{"model":"any","messages":[]}',
    });
    expect([rows[7]?.email, answer.status]).toEqual(['p7@example.com', 200]);
    expect(await total('/users?group=interns')).toBe(30);
    expect(problems).toEqual([]);
  });

  test('are pasted, and what is wrong is said at its row before anything is written', async () => {
    const { page, problems } = await browser.open(gateway, '/users?import');
    const rows = [
      'Name\tE-mail\tGroup',
      'Ann Li\tann@example.com\t',
      'Eve\teve at example\t',
      'Dan\t\tTax',
      'Dan\t\tTax',
    ];
    await page.getByLabel('Or paste rows here').fill(rows.join('\n'));
    await page.getByText('There is no group “Tax”.').first().waitFor();
    await page.getByText('“eve at example” is not an e-mail address.').waitFor();
    await page.getByText('E-mail: (empty) → ann@example.com').waitFor();
    await page.getByLabel('Make the group that is not there yet: Tax').check();
    await page.getByText('The same person as in row 4.').waitFor();
    await page.getByText('1 new person may not use any channel yet.').waitFor();
    await page.getByText('All', { exact: true }).click();
    await page.getByText('1 new person may not use any channel yet.').waitFor({ state: 'hidden' });
    expect(await total('/users?search=Dan')).toBe(0);
    await page.getByText('2 rows are left out.').waitFor();
    await page.getByRole('button', { name: 'Import 2 people' }).click();
    await page.getByText('Imported: 1 new, 1 changed, 2 Proxy-Keys.').waitFor();
    expect(await total('/users?search=Dan')).toBe(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog', { name: 'Close without the list?' }).waitFor();
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('the list of people', () => {
  test('is refused where it is none, with the reason', async () => {
    const { page } = await browser.open(gateway, '/users?import');
    await choose(page, sheet('people.xlsx', 'PK\u0003\u0004'));
    await page.getByText('save it as CSV').waitFor();
    expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0);
  });

  test.each([
    ['light', 1280, 'en-GB'],
    ['dark', 390, 'zh-CN'],
  ] as const)('can be looked at by everybody: %s, %i pixels, %s', async (colorScheme, width, language) => {
    const { page, problems } = await browser.open(gateway, '/users?import', { colorScheme, width, language });
    await choose(
      page,
      sheet('people.csv', '姓名,邮箱,用户组\n张三,zhang@example.com,Interns\n李四,li,Interns\n'),
    );
    await page.getByText(language === 'zh-CN' ? '导入 1 人' : 'Import 1 person').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
  });
});

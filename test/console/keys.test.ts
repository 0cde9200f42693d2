import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { type KeysRoom, openKeysRoom } from '../support/console/keys-room.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let room: KeysRoom;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  room = await openKeysRoom(cleanUp);
});
afterAll(() => cleanUp.run());

const DAY_MS = 86_400_000;
const clipboard = async (page: Page): Promise<string> =>
  String(await page.evaluate('navigator.clipboard.readText()'));
const idOf = (page: Page): string => new URL(page.url()).pathname.replace('/keys/', '');

describe.skipIf(withoutBrowser)('a new Proxy-Key', () => {
  test('is shown in full once, works as it was set up, and is masked afterwards', async () => {
    const { page, problems } = await browser.open(room.gateway, '/keys?new&user=grace');
    const form = page.getByRole('dialog', { name: 'New Proxy-Key' });
    await form.getByRole('textbox', { name: 'Name' }).fill('Notebook');
    await form.getByText('In this order').click();
    await form.getByRole('button', { name: 'Move Spare up' }).click();
    await form.getByText('Only these').click();
    await form.getByLabel('Allowed models').fill('gpt-*');
    await form.getByLabel('Allowed models').press('Enter');
    await form.getByRole('button', { name: 'in 30 days' }).click();
    await form.getByRole('button', { name: 'Notes' }).click();
    await form.getByRole('textbox', { name: 'Notes' }).fill('In her bag');
    await form.getByRole('button', { name: 'Create' }).click();

    const made = page.getByRole('dialog', { name: 'Proxy-Key created' });
    await made.getByRole('button', { name: 'Copy the key' }).click();
    const key = await clipboard(page);
    expect(key).toMatch(/^pk-/);
    await made.getByRole('button', { name: 'Copy snippet' }).click();
    expect(await clipboard(page)).toBe(
      `export OPENAI_BASE_URL='${room.gateway.proxyUrl}/v1'\nexport OPENAI_API_KEY='${key}'`,
    );
    expect(await made.getByRole('link', { name: 'More ways to connect' }).getAttribute('href')).toMatch(
      /^\/connect\?key=key_/,
    );

    room.spare.passOver();
    expect(await room.chat(key)).toBe(200);
    const seen = await room.spare.nextRequest();
    expect(seen.header('authorization')).toEqual([`Bearer ${room.spare.apiKey}`]);

    await made.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Notebook', level: 1 }).waitFor();
    expect(await page.locator('body').innerText()).not.toContain(key);
    const record = await room.stored(idOf(page));
    expect(record).toMatchObject({
      user: 'grace',
      name: 'Notebook',
      channels: [
        { id: 'spare', priority: 1 },
        { id: 'main', priority: 2 },
      ],
      models: ['gpt-*'],
      notes: 'In her bag',
    });
    const leftDays = (Date.parse(record.expires_at ?? '') - Date.now()) / DAY_MS;
    expect(leftDays).toBeGreaterThan(29.9);
    expect(leftDays).toBeLessThan(30.1);
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('another Proxy-Key', () => {
  test('is made in Chinese alike', async () => {
    const { page, problems } = await browser.open(room.gateway, '/keys', { language: 'zh-CN' });
    await page.getByRole('button', { name: '新建 Proxy-Key' }).click();
    const form = page.getByRole('dialog', { name: '新建 Proxy-Key' });
    await form.getByRole('button', { name: '创建' }).click();
    await form.getByText('必填').waitFor();
    await form.getByRole('combobox', { name: '用户' }).fill('Linus');
    await page.getByRole('option', { name: 'Linus (linus)' }).click();
    await form.getByRole('textbox', { name: '名称' }).fill('测试机');
    await form.getByText('按此顺序').click();
    await form.getByText('已停用。').waitFor();
    await form.getByRole('button', { name: '移除 Third' }).click();
    await form.getByRole('button', { name: '创建' }).click();
    const made = page.getByRole('dialog', { name: '新的 Proxy-Key' });
    await made.getByRole('button', { name: '复制密钥' }).click();
    expect(await room.chat(await clipboard(page))).toBe(200);
    await made.getByRole('button', { name: '完成' }).click();
    await page.getByRole('heading', { name: '测试机', level: 1 }).waitFor();
    expect((await room.stored(idOf(page))).channels?.map(({ id }) => id)).toEqual(['main', 'spare']);
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('the form of a new Proxy-Key', () => {
  test('shows a refusal at the field, in the server’s own words', async () => {
    await room.admin.post('/users', { id: 'leaver', name: 'Leaver', channels: '*' });
    const { page } = await browser.open(room.gateway, '/keys?new&user=leaver');
    const form = page.getByRole('dialog', { name: 'New Proxy-Key' });
    await form.getByRole('textbox', { name: 'Name' }).fill('Late');
    await room.admin.delete('/users/leaver');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.getByText('unknown user "leaver"').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('You have unsaved changes.').waitFor();
  });

  test('says which of the channels the user may not use', async () => {
    const { page } = await browser.open(room.gateway, '/keys?new&user=grace');
    const form = page.getByRole('dialog', { name: 'New Proxy-Key' });
    await form.getByText('In this order').click();
    await form.getByLabel('Add a channel').click();
    await page.getByRole('option', { name: 'Third (third)' }).click();
    await form.getByText('The user may not use this channel: it is skipped.').waitFor();
    await form.getByLabel('Add a channel').click();
    expect(await page.getByRole('option', { name: 'Main (main)' }).count()).toBe(0);
  });
});

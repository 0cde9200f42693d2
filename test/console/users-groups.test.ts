import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Group, User } from '../../src-main/contract/document.ts';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const document = aDocument({
    channels: { main: aChannel('openai', 'http://127.0.0.1:1', 'stand-in', { name: 'Main' }) },
    groups: { kernel: { name: 'Kernel', channels: ['main'], limits: { burst: 3 } } },
    users: { linus: aUser({ name: 'Linus', group: 'kernel', channels: [] }), mei: aUser({ name: 'Mei' }) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

const groups = async () =>
  (await adminClient(gateway).get<{ items: (Group & { id: string })[] }>('/groups')).body.items;

describe.skipIf(withoutBrowser)('a group', () => {
  test('is made, and found in the list', async () => {
    const { page, problems } = await browser.open(gateway, '/users');
    await page.getByRole('tab', { name: 'Groups' }).click();
    await page.getByRole('button', { name: 'New group' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Research');
    await form.getByRole('radiogroup', { name: 'Channels' }).getByText('All', { exact: true }).click();
    await form.getByText('Only these').click();
    await form.getByLabel('Allowed models').fill('mini-*');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Group Research created.').waitFor();
    await page.getByRole('row', { name: /Research.*All channels/ }).waitFor();
    expect(await groups()).toContainEqual(
      expect.objectContaining({
        name: 'Research',
        channels: '*',
        models: ['mini-*'],
      }),
    );
    expect(problems).toEqual([]);
  });

  test('leads to what was changed of it', async () => {
    for (const burst of [4, 3]) await adminClient(gateway).patch('/groups/kernel', { limits: { burst } });
    const { page } = await browser.open(gateway, '/users?tab=groups');
    await page.getByRole('button', { name: 'Kernel' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'History' }).click();
    await page.getByRole('row', { name: /Group/ }).getByText('limits').first().waitFor();
    expect(new URL(page.url()).searchParams.get('target')).toBe('kernel');
  });

  test('is changed, and opens with what was saved last', async () => {
    const { page } = await browser.open(gateway, '/users?tab=groups');
    const form = page.getByRole('dialog');
    for (const [before, after] of [
      ['Kernel', 'Linux kernel'],
      ['Linux kernel', 'Kernel'],
    ] as const) {
      await page.getByRole('button', { name: before, exact: true }).click();
      expect(await form.getByLabel('Name').inputValue()).toBe(before);
      await form.getByLabel('Name').fill(after);
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: after, exact: true }).waitFor();
    }
    expect(await groups()).toContainEqual(
      expect.objectContaining({ id: 'kernel', name: 'Kernel', channels: ['main'], limits: { burst: 3 } }),
    );
  });

  test('leads to its users', async () => {
    const { page } = await browser.open(gateway, '/users?tab=groups&search=kernel');
    await page.getByRole('link', { name: 'Show users (1)' }).click();
    await page.getByRole('link', { name: 'Linus' }).waitFor();
    expect(await page.getByRole('link', { name: 'Mei' }).count()).toBe(0);
  });

  test('that is not there is said', async () => {
    const { page } = await browser.open(gateway, '/users?tab=groups&group=none');
    await page.getByRole('dialog').getByText('There is no group "none".').waitFor();
  });

  test.each(['light', 'dark'] as const)('can be edited by everybody, %s', async (colorScheme) => {
    const { page } = await browser.open(gateway, '/users?tab=groups&group=kernel', { colorScheme });
    await page.getByRole('dialog').getByLabel('Chosen channels').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('a group that shall go', () => {
  test('is deleted only after the users that lose it were named', async () => {
    const { page, problems } = await browser.open(gateway, '/users?tab=groups', { language: 'zh-CN' });
    await page.getByRole('button', { name: 'Kernel', exact: true }).click();
    await page.getByRole('button', { name: '删除' }).click();
    const ask = page.getByRole('dialog', { name: '删除用户组 Kernel？' });
    await ask.getByRole('button', { name: '删除' }).click();
    await ask.getByText('1 个用户: linus').waitFor();
    await ask.getByRole('button', { name: '仍然删除' }).click();
    await page.getByText('已删除用户组 Kernel。').waitFor();
    expect((await groups()).map(({ id }) => id)).not.toContain('kernel');
    expect((await adminClient(gateway).get<User>('/users/linus')).body).not.toHaveProperty('group');
    expect(problems).toEqual([]);
  });
});

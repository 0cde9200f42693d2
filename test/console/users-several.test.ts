import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../src-main/contract/document.ts';
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

/** Sixty users; the last one of each ten is disabled. */
function someUsers(): Record<string, User> {
  const users = Array.from({ length: 60 }, (_, at) => {
    const number = String(at).padStart(2, '0');
    const status = at % 10 === 9 ? 'disabled' : 'active';
    return [`u${number}`, aUser({ name: `User ${number}`, department: 'Research', status })] as const;
  });
  return Object.fromEntries(users);
}

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const channel = aChannel('openai', 'http://127.0.0.1:1', 'stand-in', { name: 'Main' });
  const groups = { others: { name: 'Others', channels: ['main'] } };
  const document = aDocument({ users: someUsers(), channels: { main: channel }, groups });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(() => cleanUp.run());

const stored = async (id: string): Promise<User> =>
  (await adminClient(gateway).get<User>(`/users/${id}`)).body;

describe.skipIf(withoutBrowser)('several users at once', () => {
  test('are disabled, and enabled again as they were when that is undone', async () => {
    const { page } = await browser.open(gateway, '/users?search=u1');
    await page.getByLabel('Select all users on this page').check();
    await page.getByText('10 selected').waitFor();
    await page.getByLabel('Select User 10').uncheck();
    await page.getByRole('button', { name: 'Disable' }).click();
    // One was disabled before.
    await page.getByText('Disabled: 8 users.').waitFor();
    expect((await stored('u10')).status).toBe('active');
    expect((await stored('u11')).status).toBe('disabled');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect((await stored('u11')).status).toBe('active');
    expect((await stored('u19')).status).toBe('disabled');
  });

  test('get a group', async () => {
    const { page } = await browser.open(gateway, '/users?search=u3');
    await page.getByLabel('Select User 30').check();
    await page.getByLabel('Select User 31').check();
    await page.getByRole('button', { name: 'Set group…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set the group of 2 users' });
    await dialog.getByLabel('Group').click();
    await page.getByRole('option', { name: 'Others (others)' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Group set: 2 users.').waitFor();
    expect((await stored('u30')).group).toBe('others');
    expect((await stored('u31')).group).toBe('others');
    expect(await stored('u32')).not.toHaveProperty('group');
  });

  test('are told apart where one is refused', async () => {
    const { page } = await browser.open(gateway, '/users?search=u4');
    await page.getByLabel('Select User 41').check();
    await page.getByLabel('Select User 42').check();
    await adminClient(gateway).delete('/users/u41');
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('1 user could not be changed').waitFor();
    await page.getByText('Disabled: User 42.').waitFor();
    expect((await stored('u42')).status).toBe('disabled');
  });
});

describe.skipIf(withoutBrowser)('all users that match', () => {
  test('are changed on every page, and only they; and back again when that is undone', async () => {
    const { page, problems } = await browser.open(gateway, '/users?search=User');
    await page.getByLabel('Select all users on this page').check();
    await page.getByText('50 selected').waitFor();
    await page.getByRole('button', { name: /^Select all \d+ that match$/ }).click();
    await page.getByText(/^5\d selected$|^60 selected$/).waitFor();
    await page.getByRole('button', { name: 'Set group…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Group').click();
    await page.getByRole('option', { name: 'Others (others)' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/Group set: \d+ users\./)
      .first()
      .waitFor();
    for (const id of ['u00', 'u29', 'u59']) expect((await stored(id)).group).toBe('others');
    expect(await stored('admin')).not.toHaveProperty('group');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('Undone.').waitFor();
    expect(await stored('u59')).not.toHaveProperty('group');
    expect(problems).toEqual([]);
  });

  test('may stand on one page, as the address says', async () => {
    const { page } = await browser.open(gateway, '/users');
    await page.getByLabel('Rows on a page').selectOption('100');
    await page.getByRole('link', { name: 'User 59' }).waitFor();
    expect(new URL(page.url()).searchParams.get('per_page')).toBe('100');
  });

  test('are deleted only after that was asked', async () => {
    const { page } = await browser.open(gateway, '/users?search=u2');
    await page.getByLabel('Select User 20').check();
    await page.getByLabel('Select User 21').check();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page
      .getByRole('dialog', { name: 'Delete 2 users?' })
      .getByRole('button', { name: 'Delete' })
      .click();
    await page.getByText('2 users deleted.').waitFor();
    const { status } = await adminClient(gateway).get('/users/u20');
    expect([status, (await stored('u22')).name]).toEqual([404, 'User 22']);
  });
});

describe.skipIf(withoutBrowser)('the screen of users', () => {
  test.each(['light', 'dark'] as const)('can be read by everybody, %s', async (colorScheme) => {
    const { page, problems } = await browser.open(gateway, '/users?search=u0', { colorScheme });
    await page.getByLabel('Select User 00').check();
    await page.getByText('1 selected').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('can be edited by everybody, %s', async (colorScheme) => {
    const { page, problems } = await browser.open(gateway, '/users/u01', { colorScheme });
    await page.getByText('No Proxy-Keys yet').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('combobox', { name: 'Allowed addresses' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('fits into 390 pixels', async () => {
    const { page } = await browser.open(gateway, '/users', { width: 390, height: 844 });
    for (const [path, sight] of [
      ['/users', 'User 00'],
      ['/users/u01', 'No Proxy-Keys yet'],
      ['/users?tab=groups', 'Show users'],
      ['/users?new=1', 'Notes'],
    ] as const) {
      await page.goto(`${gateway.consoleUrl}${path}`);
      await page.getByText(sight).first().waitFor();
      const tooWide = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(tooWide, path).toBeLessThanOrEqual(0);
    }
  });
});

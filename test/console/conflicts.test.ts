import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../src-main/contract/document.ts';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const users = { grace: aUser({ name: 'Grace', department: 'Kernel' }) };
  gateway = cleanUp.closing(await startGateway(aDocument({ users })));
});
afterAll(() => cleanUp.run());

describe.skipIf(withoutBrowser)('a form that is open while somebody else saves', () => {
  test('does not take what the page reads again meanwhile for what its admin has seen', async () => {
    const { page } = await browser.open(gateway, '/users/grace');
    await page.clock.install();
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Department').fill('Compilers');
    const other = adminClient(gateway);
    await other.patch('/users/grace', { department: 'Navy', notes: 'On leave' });
    // As when a reader comes back to the tab: the page behind the form reads the user again.
    const read = page.waitForResponse((response) => response.url().endsWith('/api/v1/users/grace'));
    // By then what was read before is old.
    await page.clock.fastForward('00:10');
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await (await read).finished();
    await form.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this in the meantime' });
    await conflict.getByText('Navy').waitFor();
    await conflict.getByText('Compilers').waitFor();
    await conflict.getByRole('button', { name: 'Save my version' }).click();
    await expect
      .poll(async () => (await other.get<User>('/users/grace')).body)
      .toMatchObject({ department: 'Compilers', notes: 'On leave' });
  });
});

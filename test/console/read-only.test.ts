import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

/** In the older format, which is used as it is and never written. */
const OLDER = 'users:\n  ann: { name: Ann, proxy_key: pk-of-ann }\n';

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const configPath = join(folder.path, 'all.yaml');
  await writeFile(configPath, OLDER);
  gateway = cleanUp.closing(await startGateway(aDocument({}), { configPath }));
});
afterAll(() => cleanUp.run());

describe.skipIf(withoutBrowser)('a configuration that is only read', () => {
  test.each([
    ['/users', 'Ann', ['New user', 'Import people']],
    ['/users?tab=groups', 'Groups', ['New group']],
    ['/keys', 'Ann', ['New Proxy-Key']],
    ['/channels', 'Channels', ['Add channel', 'Change order']],
  ])('offers nothing new at %s', async (path, sight, buttons) => {
    const { page, problems } = await browser.open(gateway, path);
    await page.getByRole('main').getByText(sight).first().waitFor();
    await page.getByText(/aiproxy import/).waitFor();
    for (const name of buttons) expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('is not changed from the page of a record, nor by a link to a form', async () => {
    const { page } = await browser.open(gateway, '/users/ann');
    await page.getByRole('heading', { name: 'Ann', exact: true }).waitFor();
    await page.getByText(/aiproxy import/).waitFor();
    for (const name of ['Edit', 'Disable', 'New Proxy-Key'])
      expect(await page.getByRole('button', { name }).or(page.getByRole('link', { name })).count()).toBe(0);
    await page.goto(`${gateway.consoleUrl}/users?new=1`);
    const create = page.getByRole('dialog').getByRole('button', { name: 'Create' });
    await create.waitFor();
    expect(await create.isDisabled()).toBe(true);
  });
});

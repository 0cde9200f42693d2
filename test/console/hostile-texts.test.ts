import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const ID = 'ann+r&d=1?#100%@example.com';
const MARKUP = '"><img src=x onerror="document.title=1"><script>document.title=1</script>';
const PLACEHOLDERS = '{{count}} $t(title) $&';
const LONG = 'W'.repeat(600);

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

const named = (name: string) => ({ name, notes: name });
beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const document = aDocument({
    users: { [ID]: aUser(named(MARKUP)), constructor: aUser(named(PLACEHOLDERS)) },
    proxy_keys: { [ID]: aKey(ID, 'pk-of-ann', named(LONG)) },
    channels: { [ID]: aChannel('openai', 'http://127.0.0.1:9', 'channel-key', { name: PLACEHOLDERS }) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(cleanUp.run);

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

describe.skipIf(withoutBrowser)('what users wrote', () => {
  test.each([
    ['users', ID, MARKUP],
    ['users', 'constructor', PLACEHOLDERS],
    ['keys', ID, LONG],
    ['channels', ID, PLACEHOLDERS],
  ])('is shown as it is, however its id is spelt: %s %s', async (screen, id, name) => {
    const { page, problems } = await browser.open(gateway, `/${screen}/${encodeURIComponent(id)}`);
    await heading(page, name).waitFor();
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect([await page.locator('main img, main script').count(), wide, problems]).toEqual([0, 0, []]);
  });
});

describe.skipIf(withoutBrowser)('a screen that cannot be loaded', () => {
  test('leaves the rest of the console in use', async () => {
    const { page } = await browser.open(gateway, '/');
    await page.route('**/assets/usage-screen-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Usage', exact: true }).click();
    await page.getByText('This page cannot be shown').waitFor();
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await heading(page, 'Users').waitFor();
  });
});

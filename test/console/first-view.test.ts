import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** Compressed script of the first view. */
const MOST_SCRIPT_BYTES = 300 * 1024;

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  gateway = cleanUp.closing(
    await await startGateway(
      aDocument({
        users: { ann: aUser() },
        proxy_keys: { key: aKey('ann', 'pk-of-ann') },
        channels: { main: aChannel('openai', 'http://127.0.0.1:9', 'stand-in') },
      }),
    ),
  );
});
afterAll(() => cleanUp.run());

/** Counts the script that a page loads, as it comes over the wire; what is preloaded comes once. */
function countScripts(page: Page): () => number {
  const sizes = new Map<string, number>();
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    sizes.set(response.url(), Number(response.headers()['content-length']));
  });
  return () => [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

describe.skipIf(withoutBrowser)('the console', () => {
  test('the first view needs no more than 300 KiB of compressed script', async () => {
    const { page } = await browser.visit(`${gateway.consoleUrl}/`);
    await page.locator('#token').fill(gateway.runToken);
    await page.locator('button[type=submit]').click();
    await page.locator('main#content').waitFor();
    const client = await page.context().newCDPSession(page);
    await client.send('Network.setCacheDisabled', { cacheDisabled: true });
    const bytes = countScripts(page);
    await page.reload();
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    expect(bytes()).toBeGreaterThan(50 * 1024);
    expect(bytes()).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  });
});

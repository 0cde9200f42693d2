import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const platform = cleanUp.closing(await startOpenAi());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser({ name: 'Ann Li', department: '技术部' }) },
        proxy_keys: { k: aKey('ann', 'pk-of-ann') },
        channels: { openai: aChannel('openai', platform.url, platform.apiKey) },
      }),
    ),
  );
  for (const key of ['pk-of-ann', 'pk-of-nobody']) {
    const request = {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] }),
    };
    await (await fetch(`${gateway.proxyUrl}/v1/chat/completions`, request)).arrayBuffer();
  }
});
afterAll(() => cleanUp.run());

/** Every screen that the navigation leads to, and those that it does not. */
const ELSEWHERE = ['/welcome', '/users/ann', '/keys/k', '/channels/openai', '/nowhere'];

describe.skipIf(withoutBrowser)('every screen', () => {
  test.each([
    { language: 'en-GB', colorScheme: 'light' },
    { language: 'zh-CN', colorScheme: 'dark' },
  ] as const)(
    'breaks no rule of its policy and shuts nobody out: $language, $colorScheme',
    async (options) => {
      const { page, problems } = await browser.open(gateway, '/', options);
      const found: string[] = [];
      const look = async (path: string): Promise<void> => {
        await page.locator('main h1, main p').first().waitFor();
        await page.waitForLoadState('networkidle');
        found.push(...(await seriousFindings(page)).map((finding) => `${path} ${finding}`));
      };
      const links = page.getByRole('navigation').first().getByRole('link');
      for (const path of await links.evaluateAll((all) =>
        all.map((link) => link.getAttribute('href') ?? ''),
      )) {
        await page.locator(`aside nav a[href="${path}"]`).click();
        await look(path);
      }
      for (const path of ELSEWHERE) {
        await page.goto(`${gateway.consoleUrl}${path}`);
        await look(path);
      }
      expect(found).toEqual([]);
      expect(problems).toEqual([]);
    },
    300_000,
  );
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { runJavaScript, runShell } from '../support/run-snippet.ts';
import { type AnthropicStandIn, startAnthropic } from '../support/stand-ins/anthropic.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let openai: OpenAiStandIn;
let anthropic: AnthropicStandIn;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  openai = cleanUp.closing(await startOpenAi());
  anthropic = cleanUp.closing(await startAnthropic());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser({ name: 'Ann' }), ben: aUser({ channels: ['openai'] }) },
        proxy_keys: {
          'ann-key': aKey('ann', 'pk-of-ann', { name: 'Notebook' }),
          'ben-key': aKey('ben', 'pk-of-ben', { name: 'Desk' }),
        },
        channels: {
          openai: aChannel('openai', openai.url, openai.apiKey, { models: ['gpt-stand-in', 'slow-*'] }),
          anthropic: aChannel('anthropic', anthropic.url, anthropic.apiKey, { models: ['claude-stand-in'] }),
        },
      }),
    ),
  );
});
afterAll(() => cleanUp.run());

const snippetIn = (page: Page): Promise<string> =>
  page.getByRole('region', { name: 'Paste this' }).last().innerText();

/** What the copy button put there. */
const copied = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
};

const withKey = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Insert key' }).click();
  await page.getByRole('button', { name: 'Remove key' }).waitFor();
};

describe.skipIf(withoutBrowser)('a snippet', () => {
  test('works when it is pasted: npm openai, npm Anthropic and curl', async () => {
    const { page, problems } = await browser.open(gateway, '/connect');
    await page.getByText('Choose a Proxy-Key to begin').waitFor();
    await page.getByRole('combobox', { name: 'User' }).click();
    await page.getByRole('option', { name: /Ann/ }).click();
    await page.getByRole('combobox', { name: 'Proxy-Key' }).click();
    await page.getByRole('option', { name: /Notebook/ }).click();
    await page.getByText('JavaScript', { exact: true }).click();
    expect(await snippetIn(page)).toContain('pk-your-key');
    await withKey(page);
    expect(await runJavaScript(await copied(page))).toBe('You said: Hello!\n');
    await page.getByText('Anthropic', { exact: true }).click();
    await page.getByText('JavaScript', { exact: true }).click();
    expect(await runJavaScript(await copied(page))).toBe('You said: Hello!\n');
    await page.getByText('curl', { exact: true }).click();
    expect(await runShell((await copied(page)).replace('curl', 'curl -s'))).toContain('You said: Hello!');
    expect((await gateway.lines(3)).map(({ user, outcome }) => [user, outcome])).toEqual(
      Array.from({ length: 3 }, () => ['ann', 'success']),
    );
    expect(problems).toEqual([]);
  });

  test('cannot be copied while the key is being put in', async () => {
    const { page } = await browser.open(gateway, '/connect?key=ann-key&sdk=environment');
    const held = Promise.withResolvers<void>();
    await page.route('**/reveal', async (route) => {
      await held.promise;
      await route.continue();
    });
    const copy = page.getByRole('button', { name: 'Copy', exact: true });
    expect(await copy.isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Insert key' }).click();
    await expect.poll(() => copy.isDisabled()).toBe(true);
    held.resolve();
    expect(await copied(page)).toContain("export OPENAI_API_KEY='pk-of-ann'");
    await page.getByText('cmd', { exact: true }).click();
    // The other text was not copied yet, and its button says so.
    await copy.waitFor();
    expect(await copied(page)).toContain('set "OPENAI_API_KEY=pk-of-ann"');
  });

  test('is what its address says, and leads through the channel that was chosen', async () => {
    const { page } = await browser.open(gateway, '/connect?key=ann-key&sdk=anthropic&channel=anthropic');
    const text = await snippetIn(page);
    expect(text).toContain('/channels/anthropic"');
    expect(text).toContain('claude-stand-in');
    await page.goto(`${gateway.consoleUrl}/connect?key=ben-key&sdk=anthropic`);
    await page.getByText('None of this key’s channels supports this SDK. Its channels: openai.').waitFor();
  });

  test('shows the key to nobody who did not ask, and says that it is audited', async () => {
    const { page } = await browser.open(gateway, '/connect?key=ben-key&sdk=environment');
    await page.getByRole('region', { name: 'Paste this' }).last().waitFor();
    expect(await page.content()).not.toContain('pk-of-ben');
    await withKey(page);
    expect(await snippetIn(page)).toContain("export OPENAI_API_KEY='pk-of-ben'");
    await page.getByText('cmd', { exact: true }).click();
    expect(await snippetIn(page)).toContain('set "DASHSCOPE_API_KEY=pk-of-ben"');
    await page.getByText('Showing it is recorded in the audit log.', { exact: false }).waitFor();
  });
});

describe.skipIf(withoutBrowser)('a test request', () => {
  test('shows the answer as it comes, with what it cost and the way to the log', async () => {
    openai.passOver();
    const { page, problems } = await browser.open(gateway, '/connect?key=ann-key&model=slow-one');
    await page.getByRole('textbox', { name: 'Message' }).fill('good morning');
    await page.getByRole('button', { name: 'Send a test request' }).click();
    const seen = await openai.nextRequest();
    const answer = page.getByRole('region', { name: 'Answer' });
    seen.pace.release(2);
    await answer.getByText('You said: good', { exact: true }).waitFor();
    seen.pace.releaseAll();
    await answer.getByText('You said: good morning').waitFor();
    await page.getByText('It works').waitFor();
    await page.getByText(/10 in, \d+ out/).waitFor();
    const href = await page.getByRole('link', { name: 'Show in the request log' }).getAttribute('href');
    expect(href).toBe(`/requests/${(await gateway.lines(1)).at(-1)?.request_id}`);
    expect(problems).toEqual([]);
  });

  test('says in Chinese why it failed', async () => {
    const { page, problems } = await browser.open(gateway, '/connect?key=ann-key&model=error-429', {
      language: 'zh-CN',
    });
    await page.getByRole('button', { name: '发送测试请求' }).click();
    await page.getByText('失败', { exact: true }).waitFor();
    await page.getByRole('alert').getByText('平台', { exact: false }).first().waitFor();
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('the screen', () => {
  test.each(['light', 'dark'] as const)('reads well for everybody in %s', async (colorScheme) => {
    const { page, problems } = await browser.open(gateway, '/connect?key=ann-key', { colorScheme });
    await page.getByRole('button', { name: 'Send a test request' }).click();
    await page.getByText('It works').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('fits a phone', async () => {
    const { page } = await browser.open(gateway, '/connect?key=ann-key&sdk=dashscope', { width: 390 });
    await page.getByRole('button', { name: 'Send a test request' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('says that a key is gone', async () => {
    const { page } = await browser.open(gateway, '/connect?key=nobody');
    await page.getByText('The proxy knows no such Proxy-Key', { exact: false }).waitFor();
  });
});

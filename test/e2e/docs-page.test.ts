import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, startBrowser, withoutBrowser } from '../support/browser.ts';
import type { BrowserPage } from '../support/browser-page.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const KEY = 'pk-of-ann';
const atTheEnd = createCleanUp();
const cleanUp = createCleanUp();
let browser: Browser;
let gateway: Gateway;
let standIn: OpenAiStandIn;

beforeAll(async () => {
  browser = atTheEnd.closing(await startBrowser());
});
afterAll(() => atTheEnd.run());

beforeEach(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { ann: aKey('ann', KEY) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterEach(() => cleanUp.run());

/** Opens one operation and runs it. @returns the status that the page shows */
async function tryOut(page: BrowserPage, path: string): Promise<string> {
  const block = `[...document.querySelectorAll('.opblock')].find((e) => e.querySelector('[data-path]')?.dataset.path.endsWith(${JSON.stringify(path)}))`;
  await page.until(block);
  await page.evaluate(`${block}.querySelector('.opblock-summary-control').click()`);
  await page.until(`${block}.querySelector('.execute')`);
  await page.evaluate(`${block}.querySelector('.execute').click()`);
  const status = `${block}.querySelector('.live-responses-table tbody .response-col_status')`;
  await page.until(`/\\d{3}/.test(${status}.innerText)`);
  return String(await page.evaluate(`${status}.innerText`)).trim();
}

/** What was asked of any other server than the console and the proxy. */
const elsewhere = ({ requested }: BrowserPage): readonly string[] =>
  requested.filter(
    (url) =>
      !url.startsWith(`${gateway.consoleUrl}/`) &&
      !url.startsWith(`${gateway.proxyUrl}/`) &&
      !url.startsWith('data:image/'),
  );

describe.skipIf(withoutBrowser)('the page of the AI endpoints', () => {
  test('tries a chat out at the proxy with a Proxy-Key, and asks nobody else', async () => {
    const page = await browser.open(`${gateway.consoleUrl}/docs?api=ai`);
    await page.until('window.ui && document.querySelectorAll(".opblock").length > 40');
    await page.evaluate(`ui.preauthorizeApiKey('Bearer', ${JSON.stringify(KEY)})`);
    expect(await tryOut(page, '/v1/chat/completions')).toBe('200');
    const seen = standIn.requests.at(-1);
    expect([seen?.method, seen?.path, await seen?.placesOf(KEY)]).toEqual([
      'POST',
      '/v1/chat/completions',
      [],
    ]);
    expect(seen?.header('authorization')).toEqual([`Bearer ${standIn.apiKey}`]);
    expect([page.problems, elsewhere(page)]).toEqual([[], []]);
  });

  test('shows an error of the gateway as the gateway says it', async () => {
    const page = await browser.open(`${gateway.consoleUrl}/docs?api=ai`);
    expect(await tryOut(page, '/v1/models')).toBe('401');
    expect(await page.text()).toContain('missing_proxy_key');
  });

  test('never sends the session of the console to the proxy', async () => {
    const page = await browser.open(`${gateway.consoleUrl}/docs?api=ai`);
    await page.evaluate("sessionStorage.setItem('aiproxy.session', 'as-canary')");
    await page.reload();
    expect(await tryOut(page, '/v1/models')).toBe('401');
    expect(await page.text()).toContain('missing_proxy_key');
    expect(standIn.requests).toHaveLength(0);
  });

  test('is one of two in the selector', async () => {
    const page = await browser.open(`${gateway.consoleUrl}/docs?api=ai`);
    const options = "JSON.stringify([...document.querySelectorAll('#document option')].map((o) => o.text))";
    expect(await page.evaluate(options)).toBe('["Admin API","AI endpoints"]');
    expect(await page.evaluate("document.querySelector('#document').selectedIndex")).toBe(1);
  });
});

describe.skipIf(withoutBrowser)('the page of the admin API', () => {
  test('can be read before anybody signs in, and then is refused what it tries', async () => {
    const page = await browser.open(`${gateway.consoleUrl}/docs`);
    await page.until('document.querySelectorAll(".opblock").length > 20');
    expect([page.problems, elsewhere(page)]).toEqual([[], []]);
    expect(await tryOut(page, '/status')).toBe('401');
    expect(await page.text()).toContain('missing_admin_token');
  });

  test('asks as whoever signed in at the console in the same tab', async () => {
    const page = await browser.open(gateway.consoleUrl);
    await page.until("document.querySelector('#token')");
    await page.type('#token', gateway.runToken);
    await page.click('button[type=submit]');
    await page.until(`document.querySelector('a[href="/docs"]')`);
    await page.follow('a[href="/docs"]');
    expect(await tryOut(page, '/status')).toBe('200');
    expect(await page.text()).toContain('Signed in: the admin API is asked as you.');
    expect([page.problems, elsewhere(page)]).toEqual([[], []]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, startBrowser, withoutBrowser } from '../support/browser.ts';
import type { BrowserPage } from '../support/browser-page.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const KEY = 'pk-of-ann';
const cleanUp = createCleanUp();
let browser: Browser;
let gateway: Gateway;

beforeAll(async () => {
  browser = cleanUp.closing(await startBrowser());
});
afterAll(() => cleanUp.run());

beforeEach(async () => {
  const standIn = await startOpenAi();
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { ann: aKey('ann', KEY) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = await startGateway(document);
  return async () => {
    await gateway.close();
    await standIn.close();
  };
});

const open = (language?: string): Promise<BrowserPage> => browser.open(`${gateway.consoleUrl}/`, language);

async function signIn(page: BrowserPage, token: string): Promise<void> {
  await page.type('#token', token);
  await page.click('button[type=submit]');
}

const says = (text: string): string => `document.body.innerText.includes(${JSON.stringify(text)})`;
const STORED = "sessionStorage.getItem('aiproxy.session')";

describe.skipIf(withoutBrowser)('the console page', () => {
  test('says that AIProxy runs and where, before anybody signs in, without a complaint of the browser', async () => {
    const page = await open();
    await page.until("document.querySelector('#token')");
    expect(await page.text()).toContain(`AIProxy is running.`);
    expect(await page.text()).toContain(gateway.proxyUrl);
    expect(page.problems).toEqual([]);
    expect(page.requested.filter((url) => !url.startsWith(`${gateway.consoleUrl}/`))).toEqual([]);
  });

  test('signs in with the admin token and shows what runs, with links to what is used', async () => {
    const page = await open();
    await signIn(page, gateway.runToken);
    await page.until('/Running for\\s+\\d+ s/.test(document.body.innerText)');
    expect(await page.text()).toContain(gateway.proxyUrl);
    const links = 'JSON.stringify([...document.querySelectorAll("a")].map((a) => a.href))';
    expect(JSON.parse(String(await page.evaluate(links)))).toEqual([
      `${gateway.proxyUrl}/dashboard`,
      `${gateway.consoleUrl}/docs`,
    ]);
    expect(page.problems).toEqual([]);
  });

  test('shows what was used today, to the request', async () => {
    const headers = { authorization: `Bearer ${KEY}` };
    await (await fetch(`${gateway.proxyUrl}/v1/models`, { headers })).text();
    const page = await open();
    await signIn(page, gateway.runToken);
    await page.until(says('1 request, 0 tokens'));
  });

  test('keeps a session and no token, and no cookie, in its own tab only', async () => {
    const page = await open();
    await signIn(page, gateway.runToken);
    await page.until(says('Sign out'));
    expect(String(await page.evaluate(STORED))).toMatch(/^as-/);
    const kept =
      'JSON.stringify([{ ...localStorage }, document.cookie, { ...sessionStorage }, document.body.innerHTML])';
    expect(await page.evaluate(kept)).not.toContain(gateway.runToken);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, document.cookie])')).toBe('[{},""]');
    await page.reload();
    await page.until(says('Sign out'));
    const other = await open();
    await other.until("document.querySelector('#token')");
    expect(await other.evaluate(STORED)).toBe(null);
  });
});

describe.skipIf(withoutBrowser)('the sign-in', () => {
  test('says that a token is wrong, and after too many for how long to wait', async () => {
    const page = await open();
    await signIn(page, 'at-wrong');
    await page.until(says('This is not the admin token.'));
    expect(await page.evaluate(STORED)).toBe(null);
    for (let tries = 0; tries < 10; tries += 1) {
      await fetch(`${gateway.consoleUrl}/api/v1/status`, { headers: { authorization: 'Bearer at-wrong' } });
    }
    await signIn(page, 'at-wrong');
    await page.until('/Try again in \\d+ s\\./.test(document.body.innerText)');
    expect(page.problems.filter((problem) => !/status of 4(?:01|29)/.test(problem))).toEqual([]);
  });

  test('signs out at the server too', async () => {
    const page = await open();
    await signIn(page, gateway.runToken);
    await page.until(says('Sign out'));
    const session = String(await page.evaluate(STORED));
    await page.click('nav button');
    await page.until("document.querySelector('#token')");
    expect(await page.evaluate(STORED)).toBe(null);
    const asked = await fetch(`${gateway.consoleUrl}/api/v1/status`, {
      headers: { authorization: `Bearer ${session}` },
    });
    expect(asked.status).toBe(401);
  });

  test('goes back to the sign-in when the session is over', async () => {
    const page = await open();
    await page.evaluate("sessionStorage.setItem('aiproxy.session', 'as-of-yesterday')");
    await page.reload();
    await page.until(says('Your session is over. Sign in again.'));
    expect(await page.evaluate(STORED)).toBe(null);
  });

  test('speaks Chinese to a Chinese reader', async () => {
    const page = await open('zh-CN');
    await page.until(says('管理员令牌'));
    await signIn(page, gateway.runToken);
    await page.until(says('退出登录'));
    expect(await page.text()).toContain('AIProxy 正在运行。');
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
  });
});

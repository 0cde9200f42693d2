import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { startOpenAiRealtime } from '../support/stand-ins/openai-realtime.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { openWebSocket } from '../support/websocket-client.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let openai: OpenAiStandIn;
let gateway: Gateway;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  openai = cleanUp.closing(await startOpenAi());
  const realtime = cleanUp.closing(await startOpenAiRealtime());
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser({ name: 'Ann' }), ben: aUser() },
        proxy_keys: { 'ann-key': aKey('ann', 'pk-of-ann') },
        channels: {
          openai: aChannel('openai', openai.url, openai.apiKey, {
            name: 'Our OpenAI',
            models: ['gpt-*', 'error-*'],
          }),
          voice: aChannel('openai', realtime.url, realtime.apiKey, { name: 'Voice', models: ['realtime-*'] }),
          gone: aChannel('openai', 'http://127.0.0.1:1', 'channel-key-gone', {
            name: 'Gone',
            models: ['gone-*'],
          }),
          spare: aChannel('openai', openai.url, openai.apiKey, { name: 'Spare', status: 'disabled' }),
        },
      }),
    ),
  );
});
afterAll(() => cleanUp.run());

async function ask(model: string, key = 'pk-of-ann'): Promise<number> {
  const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'good morning' }] }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe.skipIf(withoutBrowser)('the overview', () => {
  test('tells what passes as it passes, and what was there before', async () => {
    await ask('gpt-stand-in');
    const { page, problems } = await browser.open(gateway, '/');
    await page.getByText('AIProxy is running', { exact: true }).waitFor();
    await page.getByRole('main').getByText(gateway.proxyUrl, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy the address' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(gateway.proxyUrl);
    const requests = page.getByText('Requests', { exact: true }).locator('..').last();
    await requests.getByText('Last 24 h: 1').waitFor();
    await Promise.all(Array.from({ length: 4 }, () => ask('gpt-stand-in')));
    await page.getByRole('main').getByText('5', { exact: true }).first().waitFor();
    await panel(page, 'Channels').getByText('Spare').waitFor();
    expect(problems).toEqual([]);
  });

  test('names failing channels and errors in plain words, and leads to the request', async () => {
    const { page, problems } = await browser.open(gateway, '/');
    await page.getByText('Requests per second', { exact: true }).or(panel(page, 'Traffic')).first().waitFor();
    for (let times = 0; times < 2; times += 1) expect(await ask('gone-model')).toBe(502);
    expect(await ask('gpt-stand-in', 'pk-wrong')).toBe(401);
    const errors = panel(page, 'Recent errors');
    await errors.getByText('unknown user').waitFor();
    const unreachable = errors.getByRole('listitem').filter({ hasText: 'gone-model' });
    await unreachable.getByText('2 times recently').waitFor();
    await unreachable.getByText('Ann · gone-model · Gone').waitFor();
    const href = await unreachable.getByRole('link').getAttribute('href');
    const ids = (await gateway.lines(8)).map(({ request_id }) => `/requests/${request_id}`);
    expect(ids).toContain(href);
    await page.reload();
    await panel(page, 'Channels')
      .getByRole('listitem')
      .filter({ hasText: 'Gone' })
      .getByText('Failing')
      .waitFor();
    await panel(page, 'Recent errors').getByText('unknown user').waitFor();
    expect(problems).toEqual([]);
  });

  test('lists WebSocket sessions while they are open', async () => {
    const { page } = await browser.open(gateway, '/');
    const sessions = panel(page, 'Open WebSocket sessions');
    await sessions.getByText('No open sessions.').waitFor();
    const url = `${gateway.proxyUrl.replace('http', 'ws')}/v1/realtime?model=realtime-one`;
    const client = await openWebSocket(url, { headers: { authorization: 'Bearer pk-of-ann' } });
    const open = panel(page, 'Open WebSocket sessions (1)');
    await open.getByRole('row').filter({ hasText: 'Ann' }).getByText('realtime-one').waitFor();
    await client.leave();
    await sessions.getByText('No open sessions.').waitFor();
  });

  test('pauses after asking, and goes on', async () => {
    const { page } = await browser.open(gateway, '/');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('AIProxy is paused', { exact: true }).waitFor();
    expect(await ask('gpt-stand-in')).toBe(503);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('AIProxy is running', { exact: true }).waitFor();
    expect(await ask('gpt-stand-in')).toBe(200);
  });
});

describe.skipIf(withoutBrowser)('the live chart', () => {
  test('draws failures beneath what succeeded, in red', async () => {
    const { page } = await browser.open(gateway, '/');
    await panel(page, 'Traffic').locator('.recharts-surface').first().waitFor();
    // One step of the chart holds both, sooner or later.
    const standsBeneath = async (): Promise<boolean> => {
      await Promise.all([ask('gpt-stand-in'), ask('gone-model')]);
      const bars = await panel(page, 'Traffic')
        .locator('.recharts-bar-rectangle path')
        .evaluateAll((paths) =>
          paths.map((path) => {
            const { left, top, bottom } = path.getBoundingClientRect();
            return { left: Math.round(left), top, bottom, fill: getComputedStyle(path).fill };
          }),
        );
      const isRed = ({ fill }: { readonly fill: string }): boolean => fill === 'rgb(250, 82, 82)';
      return bars
        .filter(isRed)
        .some((red) =>
          bars.some(
            (other) => !isRed(other) && other.left === red.left && Math.abs(other.bottom - red.top) < 1.5,
          ),
        );
    };
    await expect.poll(standsBeneath, { interval: 500, timeout: 60_000 }).toBe(true);
  });
});

describe.skipIf(withoutBrowser)('the overview', () => {
  test('speaks Chinese', async () => {
    await ask('gpt-stand-in', 'pk-wrong');
    const { page, problems } = await browser.open(gateway, '/?range=24h', { language: 'zh-CN' });
    await page.getByText('AIProxy 正在运行').waitFor();
    await panel(page, '最近的错误').getByText('未知用户').first().waitFor();
    await panel(page, '渠道').getByText('停用').waitFor();
    expect(problems).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('reads well for everybody in %s', async (colorScheme) => {
    const { page, problems } = await browser.open(gateway, '/', { colorScheme });
    await panel(page, 'Recent errors').getByRole('listitem').first().waitFor();
    await page.locator('.recharts-surface').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('fits a phone in %s, and shuts nobody out', async (colorScheme) => {
    const { page, problems } = await browser.open(gateway, '/', { width: 390, height: 844, colorScheme });
    await panel(page, 'Channels').getByRole('listitem').first().waitFor();
    await panel(page, 'Today').getByText('Ann').first().waitFor();
    await page.locator('.recharts-surface').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    // Nothing stands out of its panel either.
    const cut = await page
      .getByRole('region')
      .evaluateAll((regions) => regions.filter((one) => one.scrollWidth > one.clientWidth).length);
    expect(cut).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('says that AIProxy does not answer any more', async () => {
    const other = cleanUp.closing(
      await startGateway(aDocument({ channels: { c: aChannel('openai', openai.url, 'k') } })),
    );
    const { page } = await browser.open(other, '/');
    await page.getByText('AIProxy is running', { exact: true }).waitFor();
    await page.getByText('No failures in the last 24 hours.').waitFor();
    await other.stop();
    await page.getByText('The live feed is interrupted. Reconnecting…').waitFor();
  });
});

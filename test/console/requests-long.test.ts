import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { writeLog } from '../support/log-lines-of-days.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { variedRecord } from '../support/varied-records.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

const LINES = 5_000;
const USERS = 200;
const CHANNELS = 20;
const ROW_PX = 40;

const byId = <T>(count: number, prefix: string, recordOf: (at: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}_${at}`, recordOf(at)]));

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: byId(USERS, 'usr', (at) => aUser({ name: `User ${at}` })),
        channels: byId(CHANNELS, 'ch', (at) =>
          aChannel('openai', 'http://127.0.0.1:9', 'stand-in', { name: `Channel ${at}` }),
        ),
      }),
    ),
  );
  await writeLog({
    dataDir: gateway.dataDir,
    lines: LINES,
    untilMs: Date.now(),
    stepMs: 10_000,
    recordOf: (at, timeMs) => variedRecord(at, timeMs, { users: USERS, channels: CHANNELS }),
  });
});
afterAll(() => cleanUp.run());

describe.skipIf(withoutBrowser)('a long log', () => {
  test('is scrolled through with only the rows in sight on the page', async () => {
    const { page } = await browser.open(gateway, '/requests');
    const rows = page.getByRole('table', { name: 'Request log' }).locator('tbody tr');
    await rows.getByText('User 1', { exact: true }).first().waitFor();
    await page.mouse.move(700, 600);
    for (let wanted = 1; wanted <= 5; wanted += 1) {
      const until = `document.documentElement.scrollHeight > ${wanted * 100 * ROW_PX + ROW_PX * 50}`;
      for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, 20 * ROW_PX);
      await page.waitForFunction(until);
    }
    expect(await rows.count()).toBeLessThan(80);
  });

  test('does not move under a reader further down, who is told what is new', async () => {
    const { page } = await browser.open(gateway, '/requests');
    const rows = page.getByRole('table', { name: 'Request log' }).locator('tbody tr');
    await page.getByText('0 requests in progress').waitFor();
    await rows.first().waitFor();
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 40 * ROW_PX);
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(30 * ROW_PX);
    for (let at = 0; at < 3; at += 1) {
      const refused = await fetch(`${gateway.proxyUrl}/v1/models`, {
        headers: { authorization: 'Bearer x' },
      });
      await refused.text();
    }
    const news = page.getByRole('button', { name: 'Show 3 new requests' });
    await news.waitFor();
    expect(await rows.getByText('401').count()).toBe(0);
    await news.click();
    await expect.poll(() => rows.first().innerText()).toContain('401');
  });
});

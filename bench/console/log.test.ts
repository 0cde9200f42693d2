import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../../test/support/browser.ts';
import { createCleanUp } from '../../test/support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../../test/support/console/console-page.ts';
import { aChannel, aDocument, aUser } from '../../test/support/document-fixtures.ts';
import { writeLog } from '../../test/support/log-lines-of-days.ts';
import { type Gateway, startGateway } from '../../test/support/start-gateway.ts';
import { variedRecord } from '../../test/support/varied-records.ts';
import { longestTask } from './longest-task.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

const LINES = 50_000;
const USERS = 200;
const CHANNELS = 20;
/** The goal, on a machine that does nothing else. */
const MOST_BUSY_MS = 100;
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

describe.skipIf(withoutBrowser)('a log of 50,000 requests', () => {
  test('is scrolled through without a pause, with only the rows in sight on the page', async () => {
    const { page } = await browser.open(gateway, '/requests');
    const rows = page.getByRole('table', { name: 'Request log' }).locator('tbody tr');
    await rows.getByText('User 1', { exact: true }).first().waitFor();
    await page.mouse.move(700, 600);
    const { ofProcessorMs } = await longestTask(page, async () => {
      for (let wanted = 1; wanted <= 5; wanted += 1) {
        const until = `document.documentElement.scrollHeight > ${wanted * 100 * ROW_PX + ROW_PX * 50}`;
        for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, 20 * ROW_PX);
        await page.waitForFunction(until);
      }
    });
    expect(ofProcessorMs).toBeLessThan(MOST_BUSY_MS);
    expect(await rows.count()).toBeLessThan(80);
  });

  test('is filtered without a pause', async () => {
    const { page } = await browser.open(gateway, '/requests');
    const rows = page.getByRole('table', { name: 'Request log' }).locator('tbody tr');
    await rows.first().waitFor();
    const { ofProcessorMs } = await longestTask(page, async () => {
      await page.getByRole('combobox', { name: 'Outcome' }).click();
      await page.getByRole('option', { name: 'Cut short' }).click();
      await expect
        .poll(async () => new Set(await rows.getByText(/Success|Cut short/).allInnerTexts()))
        .toEqual(new Set(['Cut short']));
    });
    expect(ofProcessorMs).toBeLessThan(MOST_BUSY_MS);
  });
});

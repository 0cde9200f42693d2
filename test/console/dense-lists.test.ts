import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

/** Longer than any column is wide. */
const LONG = 'Bartholomew Featherstonehaugh of the Northern Department';

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const numbers = Array.from({ length: 40 }, (_, at) => at);
  const users = Object.fromEntries(
    numbers.map((at) => {
      const name = at % 3 === 0 ? `${LONG} ${at}` : `User ${at}`;
      return [`u${at}`, aUser({ name, department: LONG, group: 'all', channels: ['main'] })];
    }),
  );
  const proxy_keys = Object.fromEntries(
    numbers.map((at) => [
      `k${at}`,
      aKey(`u${at}`, `pk-number-${at}`, {
        name: `${LONG}, laptop ${at}`,
        channels: [{ id: 'main' }],
        models: ['a-model-of-a-very-long-name-2026-12-01', 'another-*'],
        status: at === 1 ? 'disabled' : 'active',
      }),
    ]),
  );
  const channels = { main: aChannel('openai', 'http://127.0.0.1:1', 'stand-in', { name: LONG }) };
  const groups = { all: { name: LONG, channels: ['main'] } };
  gateway = cleanUp.closing(await startGateway(aDocument({ users, proxy_keys, channels, groups })));
});
afterAll(() => cleanUp.run());

/** Whether a table is wider than its place, so that columns are out of sight. */
const isCut = (page: Page): Promise<boolean> =>
  page.getByRole('table').evaluate((table) => table.scrollWidth > (table.parentElement?.clientWidth ?? 0));

describe.skipIf(withoutBrowser)('a list of records with long names', () => {
  test.each([
    ['/users', 14],
    ['/keys', 14],
  ])('shows one line for each, and every column, at %s', async (path, least) => {
    const { page } = await browser.open(gateway, path, { width: 1280, height: 800 });
    const rows = page.getByRole('table').locator('tbody tr');
    await rows.first().waitFor();
    const boxes = await rows.evaluateAll((all) =>
      all.map((row) => {
        const { height, bottom } = row.getBoundingClientRect();
        return { height: Math.round(height), bottom };
      }),
    );
    expect(Math.max(...boxes.map(({ height }) => height))).toBeLessThanOrEqual(40);
    expect(boxes.filter(({ bottom }) => bottom <= 800).length).toBeGreaterThanOrEqual(least);
    expect(await isCut(page)).toBe(false);
  });

  test.each(['/users', '/users?tab=groups', '/keys', '/channels'])(
    'shows the columns that matter on a phone, at %s',
    async (path) => {
      const { page } = await browser.open(gateway, path, { width: 390, height: 844 });
      await page.getByRole('table').locator('tbody tr').first().waitFor();
      expect(await isCut(page)).toBe(false);
    },
  );
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProxyKey } from '../../src-main/contract/document.ts';
import { adminClient } from '../support/admin-client.ts';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let gateway: Gateway;

/** Sixty keys of one user; the last one of each ten is disabled. Another user has one more. */
function someKeys(): Record<string, ProxyKey> {
  const keys = Array.from({ length: 60 }, (_, at) => {
    const number = String(at).padStart(2, '0');
    const status = at % 10 === 9 ? 'disabled' : 'active';
    return [`k${number}`, aKey('ann', `pk-number-${number}`, { name: `Key ${number}`, status })] as const;
  });
  return { ...Object.fromEntries(keys), other: aKey('bob', 'pk-of-bob', { name: 'Of Bob' }) };
}

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  const users = { ann: aUser({ name: 'Ann' }), bob: aUser({ name: 'Bob' }) };
  gateway = cleanUp.closing(await startGateway(aDocument({ users, proxy_keys: someKeys() })));
});
afterAll(() => cleanUp.run());

const stored = async (id: string): Promise<ProxyKey> =>
  (await adminClient(gateway).get<ProxyKey>(`/proxy-keys/${id}`)).body;

describe.skipIf(withoutBrowser)('several Proxy-Keys at once', () => {
  test('are disabled, and enabled again as they were when that is undone', async () => {
    const { page } = await browser.open(gateway, '/keys?search=k1');
    await page.getByLabel('Select all Proxy-Keys on this page').check();
    await page.getByText('10 selected').waitFor();
    await page.getByLabel('Select Key 10').uncheck();
    await page.getByRole('button', { name: 'Disable' }).click();
    // One was disabled before.
    await page.getByText('Disabled: 8 Proxy-Keys.').waitFor();
    expect([(await stored('k10')).status, (await stored('k11')).status]).toEqual(['active', 'disabled']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect([(await stored('k11')).status, (await stored('k19')).status]).toEqual(['active', 'disabled']);
  });

  test('are told apart where one is gone, and deleted only after that was asked', async () => {
    const { page } = await browser.open(gateway, '/keys?search=k4');
    await page.getByLabel('Select Key 41').check();
    await page.getByLabel('Select Key 42').check();
    await adminClient(gateway).delete('/proxy-keys/k41');
    await page.getByRole('button', { name: 'Delete…' }).click();
    const question = page.getByRole('dialog', { name: 'Delete 2 Proxy-Keys?' });
    expect((await stored('k42')).name).toBe('Key 42');
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('1 Proxy-Key could not be changed').waitFor();
    await page.getByText('1 Proxy-Key deleted.').waitFor();
    const { status } = await adminClient(gateway).get('/proxy-keys/k42');
    expect([status, (await stored('k43')).name]).toEqual([404, 'Key 43']);
  });

  test('are all that match, on every page, and only they', async () => {
    const { page, problems } = await browser.open(gateway, '/keys?user=ann');
    await page.getByLabel('Select all Proxy-Keys on this page').check();
    await page.getByText('50 selected').waitFor();
    await page.getByRole('button', { name: /^Select all \d+ that match$/ }).click();
    await page.getByText(/^(5[89]|60) selected$/).waitFor();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText(/^Disabled: \d+ Proxy-Keys\./).waitFor();
    for (const id of ['k00', 'k29', 'k58']) expect((await stored(id)).status).toBe('disabled');
    expect((await stored('other')).status).toBe('active');
    expect(problems).toEqual([]);
  });

  test('may stand on one page, as the address says', async () => {
    const { page } = await browser.open(gateway, '/keys');
    await page.getByLabel('Rows on a page').selectOption('100');
    await page.getByRole('link', { name: 'Key 58' }).waitFor();
    expect(new URL(page.url()).searchParams.get('per_page')).toBe('100');
  });

  test.each(['light', 'dark'] as const)('can be chosen by everybody, %s', async (colorScheme) => {
    const options = { colorScheme, width: 390, height: 844 };
    const { page, problems } = await browser.open(gateway, '/keys?search=k2', options);
    await page.getByLabel('Select Key 20').check();
    await page.getByText('1 selected').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(tooWide).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { seriousFindings } from '../support/console/accessibility.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { type KeysRoom, openKeysRoom } from '../support/console/keys-room.ts';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;
let room: KeysRoom;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
  room = await openKeysRoom(cleanUp);
});
afterAll(() => cleanUp.run());

interface AuditPage {
  readonly items: readonly { readonly action: string; readonly target?: string }[];
}

const KEY = 'pk-of-the-laptop';
const secretOf = (page: Page) => page.getByRole('region', { name: 'Key' });
const copied = async (page: Page): Promise<string> =>
  String(await page.evaluate('navigator.clipboard.readText()'));

describe.skipIf(withoutBrowser)('the page of a Proxy-Key', () => {
  test('shows what was used with it, and leads to the requests', async () => {
    await room.chat(KEY);
    const { page, problems } = await browser.open(room.gateway, '/keys/laptop');
    const usage = page.getByRole('region', { name: 'Usage in the last 30 days' });
    await usage.getByText('100%').waitFor();
    await usage.getByRole('img', { name: 'Requests by day' }).waitFor();
    expect(await usage.getByRole('link', { name: 'Show requests' }).getAttribute('href')).toBe(
      '/requests?key_id=laptop',
    );
    await page.getByRole('link', { name: 'Grace Hopper' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('says which of its channels do not serve it', async () => {
    await room.admin.patch('/proxy-keys/ended', { channels: [{ id: 'main' }, { id: 'third' }] });
    const { page, problems } = await browser.open(room.gateway, '/keys/ended');
    const line = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    // Grace may not use it.
    await line('Third').getByText('The user may not use this channel').waitFor();
    expect(await line('Main').innerText()).not.toContain('may not');
    // Linus may, but it is disabled.
    await page.goto(`${room.gateway.consoleUrl}/keys/ordered`);
    await line('Third').getByText('This channel is disabled').waitFor();
    expect(problems).toEqual([]);
  });

  test('reveals the key to who asks, writes that down, and hides it again by itself', async () => {
    const { page } = await browser.open(room.gateway, '/keys/laptop');
    await secretOf(page).getByText('***ptop').waitFor();
    await page.clock.install();
    await secretOf(page).getByRole('button', { name: 'Reveal' }).click();
    await secretOf(page).getByText(KEY).waitFor();
    await secretOf(page).getByRole('button', { name: 'Copy the key' }).click();
    expect(await copied(page)).toBe(KEY);
    await page.clock.fastForward(31_000);
    await secretOf(page).getByText('***ptop').waitFor();
    expect(await page.content()).not.toContain(KEY);
    const { body } = await room.admin.get<AuditPage>('/audit');
    expect(body.items.filter(({ action }) => action === 'proxy_key.reveal')).toHaveLength(1);
  });

  test('puts a new key in its place, and lets the old one live for as long as is chosen', async () => {
    const { page, problems } = await browser.open(room.gateway, '/keys/laptop');
    await page.getByRole('button', { name: 'Rotate' }).click();
    const ask = page.getByRole('dialog', { name: 'Rotate Laptop' });
    await ask.getByRole('radio', { name: 'Custom' }).check();
    await ask.getByRole('textbox', { name: 'Days' }).fill('91');
    await ask.getByRole('button', { name: 'Rotate' }).click();
    await ask.getByText('Must be between 1 and 90').waitFor();
    await ask.getByRole('radio', { name: 'For 7 days' }).check();
    await ask.getByText(/The old key is refused from .+\./).waitFor();
    await ask.getByRole('button', { name: 'Rotate' }).click();
    const made = page.getByRole('dialog', { name: 'Proxy-Key rotated' });
    await made.getByRole('button', { name: 'Copy the key' }).click();
    const second = await copied(page);
    await made.getByRole('button', { name: 'Done' }).click();
    expect([await room.chat(KEY), await room.chat(second)]).toEqual([200, 200]);
    // To the second: it is seven days for half a second.
    await secretOf(page)
      .getByText(/\*\*\*ptop until .+ \(in [67] days\)/)
      .waitFor();

    await page.getByRole('button', { name: 'Rotate' }).click();
    await ask.getByRole('radio', { name: 'Not at all' }).check();
    await ask.getByText('Programs that still use the old key are refused immediately.').waitFor();
    await ask.getByRole('button', { name: 'Rotate' }).click();
    await made.getByRole('button', { name: 'Copy the key' }).click();
    const third = await copied(page);
    expect([await room.chat(KEY), await room.chat(second), await room.chat(third)]).toEqual([200, 401, 200]);
    expect(problems).toEqual([]);
  });
});

describe.skipIf(withoutBrowser)('a change of a Proxy-Key', () => {
  test('disables it, and takes that back', async () => {
    const { page } = await browser.open(room.gateway, '/keys/ending');
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('Visitor disabled. It is refused from now on.').waitFor();
    expect(await room.chat('pk-that-soon-ends')).toBe(403);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    expect(await room.chat('pk-that-soon-ends')).toBe(200);
  });

  test('is shown beside what somebody else saved meanwhile', async () => {
    const { page } = await browser.open(room.gateway, '/keys/off');
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('dialog', { name: 'Edit Retired' });
    await form.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await room.admin.patch('/proxy-keys/off', { name: 'Theirs', models: ['gpt-*'] });
    await form.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this in the meantime' });
    await conflict.getByRole('row', { name: 'Name Theirs Mine' }).waitFor();
    await conflict.getByRole('button', { name: 'Keep the stored version' }).click();
    const reloaded = page.getByRole('dialog', { name: 'Edit Theirs' });
    expect(await reloaded.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Theirs');
    await reloaded.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await room.admin.patch('/proxy-keys/off', { name: 'Others' });
    await reloaded.getByRole('button', { name: 'Save' }).click();
    await conflict.getByRole('row', { name: 'Name Others Mine' }).waitFor();
    await conflict.getByRole('button', { name: 'Save my version' }).click();
    await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor();
    expect(await room.stored('off')).toMatchObject({ name: 'Mine', models: ['gpt-*'] });
  });

  test('deletes it once the consequences were read', async () => {
    const { page } = await browser.open(room.gateway, '/keys/ended');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const ask = page.getByRole('dialog', { name: 'Delete Workshop?' });
    await ask.getByText(/refused immediately, and it cannot be restored/).waitFor();
    await ask.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Workshop deleted.').waitFor();
    expect((await room.admin.get('/proxy-keys/ended')).status).toBe(404);
    await page.goto(`${room.gateway.consoleUrl}/keys/ended`);
    await page.getByText('Proxy-Key not found').waitFor();
  });
});

describe.skipIf(withoutBrowser)('the page of a Proxy-Key and its form', () => {
  test.each(['light', 'dark'] as const)('shut nobody out in %s, wide or narrow', async (colorScheme) => {
    const { page, problems } = await browser.open(room.gateway, '/keys/ordered', { colorScheme, width: 390 });
    await page.getByRole('link', { name: 'Third' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Move Main down' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Notes' }).click();
    await page.getByRole('textbox', { name: 'Notes' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});

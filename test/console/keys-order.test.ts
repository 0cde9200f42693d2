import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
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

const KEY = 'pk-with-an-order';
const NAMES = /Main|Spare|Third/;

async function edit(language: 'en-GB' | 'zh-CN' = 'en-GB') {
  const order = ['main', 'spare', 'third'].map((id, index) => ({ id, priority: index + 1 }));
  await room.admin.patch('/proxy-keys/ordered', { channels: order });
  const { page, problems } = await browser.open(room.gateway, '/keys/ordered', { language });
  await page.getByRole('button', { name: language === 'zh-CN' ? '编辑' : 'Edit' }).click();
  const list = page.getByRole('dialog').getByRole('list');
  await list.getByText('Third').waitFor();
  return { page, problems, list };
}

/** The names in their order. */
const shown = async (list: Locator): Promise<readonly (string | undefined)[]> =>
  (await list.getByRole('listitem').allInnerTexts()).map((text) => NAMES.exec(text)?.[0]);

async function save(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Ordered saved.').waitFor();
  const { channels = [] } = await room.stored('ordered');
  return channels.map(
    ({ id, priority, weight }) => `${priority} ${id}${weight === undefined ? '' : ` *${weight}`}`,
  );
}

describe.skipIf(withoutBrowser)('the order of a key’s channels', () => {
  test('is changed by dragging, and requests follow it', async () => {
    const { page, problems, list } = await edit();
    const from = await list.getByRole('button', { name: 'Move Main', exact: true }).boundingBox();
    const to = await list.getByRole('listitem').nth(1).boundingBox();
    if (from === null || to === null) throw new Error('the list is not in sight');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2, to.y + to.height / 2, { steps: 8 });
    await page.getByText('Main is now at place 2 of 3.').waitFor({ state: 'attached' });
    await page.mouse.up();
    await expect.poll(() => shown(list)).toEqual(['Spare', 'Main', 'Third']);
    expect(await save(page)).toEqual(['1 spare', '2 main', '3 third']);
    room.spare.passOver();
    expect(await room.chat(KEY)).toBe(200);
    expect((await room.spare.nextRequest()).path).toBe('/v1/chat/completions');
    expect(problems).toEqual([]);
  });

  test('is changed with the keyboard at the handle, which tells each step', async () => {
    const { page, problems, list } = await edit();
    await list.getByRole('button', { name: 'Move Main', exact: true }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Main picked up, place 1 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText('Main is now at place 2 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.getByText('Main stays where it was.').waitFor({ state: 'attached' });
    expect(await shown(list)).toEqual(['Main', 'Spare', 'Third']);
    await page.keyboard.press('Space');
    await page.getByText('Main picked up, place 1 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText('Main is now at place 2 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => shown(list)).toEqual(['Spare', 'Main', 'Third']);
    expect(await save(page)).toEqual(['1 spare', '2 main', '3 third']);
    expect(problems).toEqual([]);
  });

  test('is changed with buttons, which keep the focus', async () => {
    const { page, list } = await edit();
    await list.getByRole('button', { name: 'Move Third up' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('Third put down at place 1 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    expect(await shown(list)).toEqual(['Third', 'Main', 'Spare']);
    expect(await save(page)).toEqual(['1 third', '2 main', '3 spare']);
  });

  test('may share a place, by weights', async () => {
    const { page, list } = await edit();
    const spare = list.getByRole('listitem').filter({ hasText: 'Spare' });
    await spare.getByRole('switch', { name: 'Share with the one above' }).click();
    await list.getByLabel('Weight of Spare').fill('3');
    expect(await save(page)).toEqual(['1 main *1', '1 spare *3', '2 third']);
    await page.getByText('shares its place, weight 3').waitFor();
  });

  test('is told in Chinese', async () => {
    const { page, list } = await edit('zh-CN');
    await list.getByRole('button', { name: '下移 Main' }).click();
    await page.getByText('Main 已放到第 2 位，共 3 位。').waitFor({ state: 'attached' });
  });
});

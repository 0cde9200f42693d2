import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type {
  ConsoleBrowser,
  ConsoleDoor,
  ConsolePageOptions,
} from '../../test/support/console/console-page.ts';

import { REFUSED_REQUEST } from './sample-month.ts';

/** A screen and what its picture is called. */
export interface Picture {
  readonly name: string;
  readonly path: string;
}

/** How each screen is shown. */
export const KINDS: Readonly<Record<string, ConsolePageOptions>> = {
  light: { height: 800 },
  dark: { height: 800, colorScheme: 'dark' },
  zh: { height: 800, language: 'zh-CN' },
  narrow: { width: 390, height: 844 },
};

/** The only one before anybody is signed in. */
const SIGN_IN = 'sign-in';

/** Every screen, and those of its parts that look different. The overview comes last: its chart fills meanwhile. */
export const PICTURES: readonly Picture[] = [
  { name: SIGN_IN, path: '/' },
  { name: 'users', path: '/users' },
  { name: 'user', path: '/users/ann' },
  { name: 'keys', path: '/keys' },
  { name: 'key', path: '/keys/key_ann' },
  { name: 'channels', path: '/channels' },
  { name: 'channel', path: '/channels/openai' },
  { name: 'usage', path: '/usage?range=30d' },
  { name: 'requests', path: '/requests' },
  { name: 'request', path: `/requests/${REFUSED_REQUEST}` },
  { name: 'connect', path: '/connect?user=ann&key=key_ann' },
  { name: 'welcome', path: '/welcome' },
  { name: 'settings', path: '/settings' },
  { name: 'settings-network', path: '/settings?section=network' },
  { name: 'settings-logs', path: '/settings?section=logs' },
  { name: 'settings-prices', path: '/settings?section=prices' },
  { name: 'overview', path: '/' },
];

/** Nothing is awaited any more, and what moves has come to rest. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  const waiting = page.locator('.mantine-Skeleton-root, .mantine-Loader-root');
  await waiting.first().waitFor({ state: 'hidden' });
  await page.waitForTimeout(400);
}

/** Where the pictures go, and of what. */
export interface Album {
  readonly browser: ConsoleBrowser;
  readonly door: ConsoleDoor;
  readonly folder: string;
  readonly pictures: readonly Picture[];
  readonly onPicture: (file: string, problems: readonly string[]) => void;
}

/** Takes the pictures of one kind. */
export async function takePictures(kind: string, { browser, door, folder, ...album }: Album): Promise<void> {
  await mkdir(folder, { recursive: true });
  const outside = await browser.visit(`${door.consoleUrl}/`, KINDS[kind]);
  const overview = await browser.open(door, '/', KINDS[kind]);
  const { page, problems } = await browser.open(door, '/users', KINDS[kind]);
  for (const { name, path } of album.pictures) {
    const shown = name === SIGN_IN ? outside.page : path === '/' ? overview.page : page;
    if (shown === page) await page.goto(`${door.consoleUrl}${path}`);
    await settled(shown);
    const file = join(folder, `${name}-${kind}.png`);
    await shown.screenshot({ path: file });
    album.onPicture(file, [...problems, ...overview.problems]);
  }
  await Promise.all([outside, overview, { page }].map((opened) => opened.page.context().close()));
}

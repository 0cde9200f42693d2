import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { browserPath } from '../../../support/browser.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

let running: Promise<Browser> | null = null;

/** A profile of its own in the one Chromium of this process. */
export async function newProfile(width: number, height: number): Promise<BrowserContext> {
  running ??= chromium.launch({ executablePath: browserPath(), args: FLAGS });
  return (await running).newContext({ viewport: { width, height } });
}

/** Ends the browser. */
export async function closeChromium(): Promise<void> {
  await (await running)?.close();
}

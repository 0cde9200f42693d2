import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

let running: Promise<Browser> | null = null;

/** The browser that tests use: the one that `CHROMIUM` names, or Debian's. */
export const chromiumPath = (): string => process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is one. */
export const hasChromium = (): boolean => existsSync(chromiumPath());

/** A profile of its own in the one Chromium of this process. */
export async function newProfile(width: number, height: number): Promise<BrowserContext> {
  running ??= chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
  return (await running).newContext({ viewport: { width, height } });
}

/** Ends the browser. */
export async function closeChromium(): Promise<void> {
  await (await running)?.close();
}

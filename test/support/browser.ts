import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BrowserPage, openPage } from './browser-page.ts';
import { connectDevtools } from './devtools.ts';
import { tempFolder } from './temp-folder.ts';

/** A real browser without a window. */
export interface Browser {
  /** Opens a page, and resolves when it has loaded. @param language as the browser tells pages */
  open(url: string, language?: string): Promise<BrowserPage>;
  close(): Promise<void>;
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
  '--window-size=1100,900',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function findBrowser(): string | null {
  // Named, it must be there; else tests would be skipped where they are wanted.
  if (process.env.CHROMIUM !== undefined) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}

const executable = findBrowser();

/** Where the browser is. @throws Error where there is none */
export function browserPath(): string {
  if (executable === null) throw new Error('this test needs chromium: apt-get install chromium');
  return executable;
}

/** Whether tests in a browser are left out, because there is none; says so once. */
export const withoutBrowser = executable === null;
if (withoutBrowser) process.stderr.write('skipped: tests that need a browser (apt-get install chromium)\n');

/**
 * Starts Chromium with a profile of its own: the one that `CHROMIUM` names, or that is on the PATH.
 * @param more flags
 * @throws Error where there is none
 */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const profile = await tempFolder();
  const child = spawn(executable ?? 'chromium', [...FLAGS, ...more, `--user-data-dir=${profile.path}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const printed: string[] = [];
  const address = Promise.withResolvers<string>();
  child.once('error', () => address.reject(new Error('this test needs chromium: apt-get install chromium')));
  child.once('exit', () => address.reject(new Error(`chromium ended: ${printed.join('\n')}`)));
  createInterface(child.stderr).on('line', (line) => {
    printed.push(line);
    const found = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (found !== undefined) address.resolve(found);
  });
  const devtools = await connectDevtools(await address.promise);
  return {
    async open(url, language = 'en-GB') {
      const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
      return openPage(devtools.session(String(sessionId)), url, language);
    },
    async close() {
      const ended = once(child, 'exit');
      devtools.send('Browser.close').catch(() => undefined);
      await ended;
      devtools.close();
      await profile.remove();
    },
  };
}

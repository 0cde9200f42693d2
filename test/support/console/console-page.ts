import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserPath } from '../browser.ts';
import type { CleanUp } from '../clean-up.ts';

/** The console in a real browser, as an admin uses it. */
export interface ConsolePage {
  readonly page: Page;
  /** What the browser complained of: exceptions, errors on the console, violations of the page's policy. */
  readonly problems: readonly string[];
}

export interface ConsolePageOptions {
  readonly language?: 'en-GB' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** Where a running program's console is, and a token for it; what `startGateway` gives fits. */
export interface ConsoleDoor {
  readonly consoleUrl: string;
  readonly runToken: string;
}

/** Opens pages of consoles in one browser. */
export interface ConsoleBrowser {
  /** A page of its own context, signed in, at a path such as `/users`. */
  open(door: ConsoleDoor, path: string, options?: ConsolePageOptions): Promise<ConsolePage>;
  /** The same before anybody signed in; any address. */
  visit(url: string, options?: ConsolePageOptions): Promise<ConsolePage>;
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// An answer with an error status is told on the page; that the browser notes it too is no fault.
const isExpected = (text: string): boolean =>
  /^Failed to load resource: the server responded with/.test(text);

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text()))
      problems.push(`console: ${message.text()}`);
  });
  return problems;
}

const contextOptions = ({
  language = 'en-GB',
  colorScheme = 'light',
  width = 1280,
  height = 900,
}: ConsolePageOptions) => ({
  locale: language,
  colorScheme,
  viewport: { width, height },
  permissions: ['clipboard-read', 'clipboard-write'],
  acceptDownloads: true,
});

/** A session of the admin, begun over the API: the screen for it has tests of its own. */
async function sessionOf({ request }: BrowserContext, door: ConsoleDoor): Promise<string> {
  const answer = await request.post(`${door.consoleUrl}/api/v1/session`, { data: { token: door.runToken } });
  if (!answer.ok()) throw new Error(`no session: ${answer.status()}`);
  // What the API says of itself.
  return ((await answer.json()) as { readonly session: string }).session;
}

/** Runs in the page before its own scripts, and gives the tab its session once: who signs out stays out. */
function beginSession(token: string): void {
  if (sessionStorage.getItem('test.begun') !== null) return;
  sessionStorage.setItem('test.begun', 'yes');
  sessionStorage.setItem('aiproxy.session', token);
}

declare global {
  /** The browser of this process: its files run one after the other, each with pages of its own. */
  var consoleBrowser: Promise<Browser> | undefined;
}

/** Opens the browser of this process; `cleanUp` ends what was opened in it. */
export async function startConsoleBrowser(cleanUp: CleanUp): Promise<ConsoleBrowser> {
  globalThis.consoleBrowser ??= chromium.launch({ executablePath: browserPath(), args: ARGS });
  const browser = await globalThis.consoleBrowser;
  const contextFor = async (options: ConsolePageOptions): Promise<BrowserContext> => {
    const context = await browser.newContext(contextOptions(options));
    cleanUp.add(() => context.close());
    context.setDefaultTimeout(60_000);
    return context;
  };
  const visit = async (url: string, options: ConsolePageOptions = {}): Promise<ConsolePage> => {
    const page = await (await contextFor(options)).newPage();
    const problems = watch(page);
    await page.goto(url);
    return { page, problems };
  };
  return {
    visit,
    async open(door, path, options) {
      const context = await contextFor(options ?? {});
      const page = await context.newPage();
      const problems = watch(page);
      await page.addInitScript(beginSession, await sessionOf(context, door));
      await page.goto(`${door.consoleUrl}${path}`);
      await page.locator('main#content').waitFor();
      return { page, problems };
    },
  };
}

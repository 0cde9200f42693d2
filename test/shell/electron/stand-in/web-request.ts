import { EventEmitter } from 'node:events';
import type { BrowserContext, Page, Request, Route, WebSocketRoute } from 'playwright-core';
import { WebSocket } from 'ws';
import { seen } from './seen.ts';
import { preventable, strict } from './strict.ts';

type Headers = Record<string, string>;
type Answer = { cancel?: boolean; requestHeaders?: Headers };
type Listener = (details: object, callback: (answer: Answer) => void) => void;

let beforeRequest: Listener = (_details, callback) => callback({});
let beforeSendHeaders: Listener = (_details, callback) => callback({});
const events = new EventEmitter();
const guarded = new Set<string>();

const guard = (name: string) => (): void => void guarded.add(name);

/** The handlers that were set. */
export const guards = (): readonly string[] => [...guarded];

/** `session.defaultSession`, whose requests are Chromium's. */
export const defaultSession = strict('Session', {
  on: (name: string, listener: (...args: unknown[]) => void) => void events.on(name, listener),
  setSpellCheckerEnabled: guard('spell-checker'),
  setPermissionRequestHandler: guard('permission-request'),
  setPermissionCheckHandler: guard('permission-check'),
  setDevicePermissionHandler: guard('device-permission'),
  webRequest: strict('WebRequest', {
    onBeforeRequest: (listener: Listener): void => {
      beforeRequest = listener;
    },
    onBeforeSendHeaders: (listener: Listener): void => {
      beforeSendHeaders = listener;
    },
  }),
});

const ask = (listener: Listener, details: object): Promise<Answer> =>
  new Promise((resolve) => listener(details, resolve));

const TYPES: Readonly<Record<string, string>> = {
  fetch: 'xhr',
  xhr: 'xhr',
  script: 'script',
  stylesheet: 'stylesheet',
};

function typeOf(request: Request): string {
  if (request.resourceType() !== 'document') return TYPES[request.resourceType()] ?? 'other';
  return request.frame().parentFrame() === null ? 'mainFrame' : 'subFrame';
}

/** A request as Electron tells it. */
function detailsOf(request: Request, webContentsId: number, requestHeaders: Headers): object {
  const isDocument = request.resourceType() === 'document';
  const pageUrl = request.frame().url();
  return {
    url: request.url(),
    method: request.method(),
    webContentsId,
    frame: { parent: request.frame().parentFrame() },
    resourceType: typeOf(request),
    requestHeaders,
    ...(isDocument || !pageUrl.startsWith('http') ? {} : { initiatorOrigin: new URL(pageUrl).origin }),
  };
}

async function pass(route: Route, webContentsId: number): Promise<void> {
  const request = route.request();
  const headers = await request.allHeaders();
  const details = detailsOf(request, webContentsId, headers);
  if ((await ask(beforeRequest, details)).cancel === true) return route.abort('blockedbyclient');
  const { requestHeaders } = await ask(beforeSendHeaders, details);
  return route.continue(requestHeaders === undefined ? {} : { headers: requestHeaders });
}

/** Playwright cannot add headers to a page's WebSocket, so this process speaks to the server in its place. */
async function relay(page: Page, route: WebSocketRoute, webContentsId: number): Promise<void> {
  const { origin } = new URL(page.url());
  const details = {
    url: route.url(),
    resourceType: 'webSocket',
    webContentsId,
    initiatorOrigin: origin,
    frame: { parent: null },
    requestHeaders: { Origin: origin },
  };
  if ((await ask(beforeRequest, details)).cancel === true) return route.close({ code: 1006 });
  const { requestHeaders = {} } = await ask(beforeSendHeaders, details);
  const socket = new WebSocket(route.url(), route.protocols(), { headers: requestHeaders });
  socket.on('message', (data, isBinary) => route.send(isBinary ? Buffer.from(data as Buffer) : String(data)));
  socket.on('close', (code) => void route.close({ code: code === 1006 ? 1011 : code }));
  socket.on('error', () => undefined);
  route.onMessage((message) => socket.send(message));
  route.onClose(() => socket.close());
}

/** The page that asks; `null` for a new window, which Playwright does not know yet. */
function pageOf(request: Request): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

/** What the session does for one window. @param mayGo asked where a page wants to navigate */
export async function serveRequests(
  context: BrowserContext,
  page: Page,
  webContentsId: number,
  window: { readonly mayGo: (request: Request) => boolean; readonly openWindow: (url: string) => void },
): Promise<void> {
  await context.route('**/*', async (route, request) => {
    if (pageOf(request) !== page) {
      window.openWindow(request.url());
      await route.abort();
      for (const other of context.pages()) if (other !== page) await other.close();
    } else if (request.isNavigationRequest() && !window.mayGo(request)) await route.abort('aborted');
    else await pass(route, webContentsId);
  });
  await page.routeWebSocket(/.*/, (route) => void relay(page, route, webContentsId));
  page.on('download', (download) => {
    const event = preventable({});
    let title = '';
    const item = {
      getURL: () => download.url(),
      getFilename: () => download.suggestedFilename(),
      setSaveDialogOptions: (options: { title: string }) => {
        title = options.title;
      },
    };
    events.emit('will-download', event, strict('DownloadItem', item));
    seen.downloads.push({ name: download.suggestedFilename(), title, allowed: !event.defaultPrevented });
    if (event.defaultPrevented) void download.cancel();
  });
}

import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, WindowOpenHandlerResponse } from 'electron';
import type { Page, Request } from 'playwright-core';
import { emitFromApp } from './app.ts';
import { newProfile } from './chromium.ts';
import { addPreload } from './preload-in-page.ts';
import { seen } from './seen.ts';
import { preventable, strict } from './strict.ts';
import { serveRequests } from './web-request.ts';

type Listener = (...args: unknown[]) => void;
type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse;

/** A window that is open, as the test reaches it. */
interface OpenWindow {
  readonly options: BrowserWindowConstructorOptions;
  readonly page: Promise<Page>;
  /** What a person does: asks, and closes where nothing objects. */
  readonly close: () => void;
}

let open: OpenWindow | null = null;
let lastId = 0;

/** The one window. @throws Error where there is none */
export function theWindow(): OpenWindow {
  if (open === null) throw new Error('no window is open');
  return open;
}

/** The window's options; `null` without one. */
export const windowOptions = (): BrowserWindowConstructorOptions | null => open?.options ?? null;

function contentsOf(id: number, page: Promise<Page>) {
  const events = new EventEmitter();
  let openHandler: OpenHandler = () => ({ action: 'allow' });
  let url = '';
  let isOwnLoad = false;
  const contents = strict('WebContents', {
    id,
    on: (name: string, listener: Listener) => void events.on(name, listener),
    setWindowOpenHandler: (handler: OpenHandler): void => {
      openHandler = handler;
    },
    getURL: () => url,
    reload: async () => (await page).reload(),
    send: async (channel: string, argument: unknown) =>
      (await page).evaluate(
        ([to, what]) => Reflect.apply(Reflect.get(window, 'standInDeliver'), window, [to, what]),
        [channel, argument],
      ),
  });
  const load = async (address: string): Promise<void> => {
    isOwnLoad = true;
    await (await page).goto(address);
    isOwnLoad = false;
    url = address;
  };
  const mayGo = (request: Request): boolean => {
    if (isOwnLoad) return true;
    const isMainFrame = request.frame().parentFrame() === null;
    const event = preventable({ url: request.url(), isMainFrame });
    events.emit(request.redirectedFrom() === null ? 'will-frame-navigate' : 'will-redirect', event);
    return !event.defaultPrevented;
  };
  const openWindow = (address: string): void => {
    if (openHandler({ url: address }).action === 'allow')
      throw new Error(`a window was let open: ${address}`);
  };
  emitFromApp('web-contents-created', {}, contents);
  return { contents, load, mayGo, openWindow };
}

/** `BrowserWindow`: a page in Chromium without a window. */
export function BrowserWindow(options: BrowserWindowConstructorOptions) {
  const events = new EventEmitter();
  const { width = 800, height = 600, x = 0, y = 0, webPreferences } = options;
  lastId += 1;
  const id = lastId;
  const ready = Promise.withResolvers<Page>();
  const { contents, load, mayGo, openWindow } = contentsOf(id, ready.promise);
  const begin = async (): Promise<Page> => {
    const context = await newProfile(width, height);
    await addPreload(context, webPreferences?.preload ?? '');
    const page = await context.newPage();
    await serveRequests(context, page, id, { mayGo, openWindow });
    return page;
  };
  begin().then(ready.resolve, ready.reject);
  let isDestroyed = false;
  const destroy = (): void => {
    isDestroyed = true;
    void ready.promise.then((page) => page.context().close());
    open = null;
    seen.visible = false;
    events.emit('closed');
    emitFromApp('window-all-closed');
  };
  const close = (): void => {
    const event = preventable({});
    events.emit('close', event);
    if (!event.defaultPrevented) destroy();
  };
  open = { options, page: ready.promise, close };
  const see = (visible: boolean) => (): void => {
    seen.visible = visible;
  };
  return strict('BrowserWindow', {
    webContents: contents,
    on: (name: string, listener: Listener) => void events.on(name, listener),
    once: (name: string, listener: Listener) => void events.once(name, listener),
    loadURL: async (url: string) => {
      await load(url);
      events.emit('ready-to-show');
    },
    show: see(true),
    hide: see(false),
    focus: () => {
      seen.focused += 1;
    },
    isDestroyed: () => isDestroyed,
    isMinimized: () => false,
    isMaximized: () => false,
    getNormalBounds: () => ({ x, y, width, height }),
    setBackgroundColor: () => undefined,
    destroy,
  });
}

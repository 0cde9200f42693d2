import { readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';

type IpcHandler = (event: unknown, argument: unknown) => unknown;

const handlers = new Map<string, IpcHandler>();

/** `ipcMain` */
export const ipcMain = {
  handle: (channel: string, handler: IpcHandler) => void handlers.set(channel, handler),
};

/** What a sandboxed preload script finds: `require('electron')` and little else. */
const around = (script: string): string => `(() => {
  if (window.top !== window) return;
  const listeners = new Map();
  window.standInDeliver = (channel, argument) => listeners.get(channel)?.({}, argument);
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
    ipcRenderer: {
      on: (channel, listener) => listeners.set(channel, listener),
      invoke: (channel, argument) => window.standInInvoke(channel, argument),
    },
  };
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload script cannot require ' + name);
    return electron;
  };
  const process = { platform: ${JSON.stringify(process.platform)} };
  (() => { ${script} })();
})();`;

/** Runs the built preload script in every page before the page's own. */
export async function addPreload(context: BrowserContext, path: string): Promise<void> {
  await context.exposeBinding('standInInvoke', ({ frame }, channel: string, argument: unknown) => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`nobody handles ${channel}`);
    const parent = frame.parentFrame();
    return handler({ senderFrame: { url: frame.url(), parent } }, argument);
  });
  await context.addInitScript({ content: around(readFileSync(path, 'utf8')) });
}

// A stand-in for the module `electron`, whose runtime cannot be had where this is built. It opens Chromium in place of
// a window, and throws for whatever it does not have. What passes with it has not been tested in Electron.
import { EventEmitter } from 'node:events';
import type { Clipboard, Dialog, Screen, Shell } from 'electron';
import { answerTest } from './control.ts';
import { seen } from './seen.ts';
import { strict } from './strict.ts';
import { defaultSession } from './web-request.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { Menu, Tray } from './menus.ts';
export { ipcMain } from './preload-in-page.ts';

/** `session` */
export const session = strict('session', { defaultSession });

/** `clipboard` */
export const clipboard = strict('clipboard', {
  writeText: async (text) => {
    seen.copied = text;
  },
} satisfies Partial<Clipboard>);

/** `dialog` */
export const dialog = strict('dialog', {
  // The program ends right after it, so the test reads it in the output.
  showErrorBox: (title, content) => void process.stderr.write(`[error box] ${title}: ${content}\n`),
  showMessageBox: async ({ message, detail = '' }: { message: string; detail?: string }) => {
    seen.messages.push({ message, detail });
    return { response: 0, checkboxChecked: false };
  },
} satisfies Pick<Dialog, 'showErrorBox'> & { showMessageBox: unknown });

/** `shell` */
export const shell = strict('shell', {
  openExternal: async (url) => void seen.external.push(url),
} satisfies Partial<Shell>);

const DISPLAY = { workArea: { x: 0, y: 0, width: 1600, height: 1000 } };

/** `screen`: one display. */
export const screen = strict('screen', {
  getPrimaryDisplay: () => DISPLAY,
  getAllDisplays: () => [DISPLAY],
} satisfies Partial<Record<keyof Screen, unknown>>);

/** `nativeTheme`: light. */
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });

function NotificationStandIn(notice: { readonly title: string; readonly body: string }) {
  return strict('Notification', { on: () => undefined, show: () => void seen.notifications.push(notice) });
}

/** `Notification` */
export const Notification = Object.assign(NotificationStandIn, { isSupported: () => true });

answerTest();

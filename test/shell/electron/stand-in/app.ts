import { EventEmitter } from 'node:events';
import { closeChromium } from './chromium.ts';
import { preventable, strict } from './strict.ts';

const events = new EventEmitter();
/** Emits what Electron's `app` would. */
export const emitFromApp = (name: string, ...args: readonly unknown[]): boolean => events.emit(name, ...args);

async function exit(code: number): Promise<void> {
  await closeChromium();
  process.exit(code);
}

/** What the system does when it asks the program to quit. */
export function quit(): void {
  const event = preventable({});
  events.emit('before-quit', event);
  if (!event.defaultPrevented) void exit(0);
}

let loginItem = false;

/** `app` */
export const app = strict('app', {
  isPackaged: false,
  on: (name: string, listener: (...args: unknown[]) => void) => void events.on(name, listener),
  whenReady: () => new Promise((resolve) => setImmediate(resolve)),
  requestSingleInstanceLock: () => process.env.STAND_IN_FIRST_RUNS === undefined,
  exit: (code: number) => void exit(code),
  quit,
  enableSandbox: () => undefined,
  setAppUserModelId: () => undefined,
  setName: () => undefined,
  setAboutPanelOptions: () => undefined,
  setPath: () => undefined,
  getAppPath: () => process.cwd(),
  getLocale: () => 'en-GB',
  getPreferredSystemLanguages: () => [process.env.STAND_IN_LANGUAGE ?? 'en-GB'],
  getLoginItemSettings: () => ({ openAtLogin: loginItem, wasOpenedAtLogin: false }),
  setLoginItemSettings: ({ openAtLogin }: { openAtLogin: boolean }) => {
    loginItem = openAtLogin;
  },
});

import type { BrowserWindowConstructorOptions } from 'electron';
import { type Area, LEAST_HEIGHT, LEAST_WIDTH } from './window-placement.ts';

/** What the window needs to know when it is made. */
export interface WindowFacts {
  readonly area: Area;
  readonly isDark: boolean;
  /** Absolute path of the bundled preload script. */
  readonly preload: string;
  /** Absolute path of the window's picture; macOS takes the program's. */
  readonly icon: string;
  /** Whether this is an installed copy, where the developer tools are closed. */
  readonly isPackaged: boolean;
}

/** Shown until the page is drawn, so that a dark console does not flash white. */
export const backgroundOf = (isDark: boolean): string => (isDark ? '#1a1b1e' : '#ffffff');

/** The window: it shows the console over loopback, as a browser does, and may do no more than one. */
export function windowOptions(facts: WindowFacts): BrowserWindowConstructorOptions {
  return {
    ...facts.area,
    minWidth: LEAST_WIDTH,
    minHeight: LEAST_HEIGHT,
    title: 'AIProxy',
    icon: facts.icon,
    show: false,
    backgroundColor: backgroundOf(facts.isDark),
    // Every choice is written out, so that a changed default of Electron changes nothing here.
    webPreferences: {
      preload: facts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !facts.isPackaged,
    },
  };
}

import { BrowserWindow, nativeTheme, screen } from 'electron';
import { BRIDGE } from './bridge-channels.ts';
import { backgroundOf, type WindowFacts, windowOptions } from './window-options.ts';
import { type Placement, placeWindow } from './window-placement.ts';

/** A page that dies again so soon is not helped by loading it again. */
const LEAST_BETWEEN_RELOADS_MS = 30_000;

/** What the window reports, and where it was. */
export interface ConsoleWindowPorts extends Pick<WindowFacts, 'preload' | 'icon' | 'isPackaged'> {
  readonly consoleUrl: string;
  readonly lastPlacement: () => Placement | null;
  readonly keepPlacement: (placement: Placement) => void;
  /** The person closes it. @returns whether it may close; `false` leaves it as it is */
  readonly onClose: () => boolean;
}

/** The one window. It is made when it is first shown, and again after it was closed. */
export class ConsoleWindow {
  readonly #ports: ConsoleWindowPorts;
  #window: BrowserWindow | null = null;
  #loaded: Promise<void> = Promise.resolve();
  /** Whether there is something to see. */
  #isDrawn = false;

  constructor(ports: ConsoleWindowPorts) {
    this.#ports = ports;
    nativeTheme.on('updated', () =>
      this.#window?.setBackgroundColor(backgroundOf(nativeTheme.shouldUseDarkColors)),
    );
  }

  /** Of the window's contents; `null` while there is none. */
  get contentsId(): number | null {
    return this.#window?.webContents.id ?? null;
  }

  /** Brings the window to the front, with a screen of the console where one is named. */
  show(path: string | null): void {
    const window = this.#window ?? this.#open();
    if (window.isMinimized()) window.restore();
    // The first time it shows itself.
    if (this.#isDrawn) window.show();
    window.focus();
    if (path === null) return;
    this.#loaded.then(() => {
      if (!window.isDestroyed()) window.webContents.send(BRIDGE.show, path);
    });
  }

  hide(): void {
    this.#window?.hide();
  }

  /** Takes the window away without asking. */
  destroy(): void {
    this.#keepPlacement();
    this.#window?.destroy();
    this.#window = null;
  }

  #open(): BrowserWindow {
    const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
    const last = this.#ports.lastPlacement();
    const window = new BrowserWindow(
      windowOptions({
        ...this.#ports,
        area: placeWindow(last, displays),
        isDark: nativeTheme.shouldUseDarkColors,
      }),
    );
    this.#window = window;
    const isMaximized = last?.maximized === true;
    window.once('ready-to-show', () => this.#draw(window, isMaximized));
    window.on('close', (event) => {
      this.#keepPlacement();
      if (!this.#ports.onClose()) event.preventDefault();
    });
    window.on('closed', () => {
      this.#window = null;
      this.#isDrawn = false;
    });
    let reloadedMs = Number.NEGATIVE_INFINITY;
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      const now = performance.now();
      if (reason === 'clean-exit' || now - reloadedMs < LEAST_BETWEEN_RELOADS_MS) return;
      reloadedMs = now;
      window.webContents.reload();
    });
    // What went wrong is seen in the window.
    this.#loaded = window.loadURL(this.#ports.consoleUrl).catch(() => this.#draw(window, isMaximized));
    return window;
  }

  #draw(window: BrowserWindow, isMaximized: boolean): void {
    if (window.isDestroyed()) return;
    this.#isDrawn = true;
    // Either shows it; before it is drawn, both would show an empty one.
    if (isMaximized) window.maximize();
    else window.show();
  }

  #keepPlacement(): void {
    if (this.#window === null) return;
    this.#ports.keepPlacement({
      ...this.#window.getNormalBounds(),
      maximized: this.#window.isMaximized(),
    });
  }
}

import { join } from 'node:path';
import { app, Menu, Tray } from 'electron';
import type { Perform } from './desktop-action.ts';
import type { DesktopWords } from './desktop-words.ts';
import { menuModel } from './menu-model.ts';
import { picturesFolder } from './shell-files.ts';
import { type ProxyStatus, trayModel } from './tray-model.ts';

/** How often the tray looks whether somebody paused the proxy in the console. */
const LOOK_MS = 1000;

/** What menus show, asked for whenever they are drawn. */
export interface MenuPorts {
  readonly words: () => DesktopWords;
  readonly status: () => ProxyStatus;
  /** Of the proxy; empty until it serves. */
  readonly address: () => string;
  readonly perform: Perform;
}

/** The native menu, and the icon beside the clock with its menu. */
export class DesktopMenus {
  readonly #ports: MenuPorts;
  readonly #tray: Tray;
  #shown: ProxyStatus | null = null;

  constructor(ports: MenuPorts) {
    this.#ports = ports;
    const isMac = process.platform === 'darwin';
    // macOS colours a template itself, and opens the menu at a click.
    this.#tray = new Tray(join(picturesFolder(), isMac ? 'trayTemplate.png' : 'tray.png'));
    if (!isMac) this.#tray.on('click', () => ports.perform({ do: 'open' }));
    this.redraw();
    setInterval(() => this.refresh(), LOOK_MS).unref();
  }

  /** Draws both anew, as after a change of the language. */
  redraw(): void {
    const { words, perform } = this.#ports;
    const facts = { platform: process.platform, isPackaged: app.isPackaged, words: words() };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuModel(facts, perform)));
    this.#shown = null;
    this.refresh();
  }

  /** Draws the tray where the proxy's status is another than it shows. */
  refresh(): void {
    const { words, status, address, perform } = this.#ports;
    const now = status();
    if (now === this.#shown) return;
    this.#shown = now;
    const { tip, items } = trayModel({ status: now, address: address() }, words(), perform);
    this.#tray.setToolTip(tip);
    this.#tray.setContextMenu(Menu.buildFromTemplate([...items]));
  }
}

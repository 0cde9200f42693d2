import type { MenuItemConstructorOptions } from 'electron';
import { seen } from './seen.ts';
import { strict } from './strict.ts';

type Item = MenuItemConstructorOptions;

/** A menu as it was asked for. */
interface BuiltMenu {
  readonly items: readonly Item[];
}

let application: BuiltMenu = { items: [] };
let tray: BuiltMenu = { items: [] };

/** `Menu` */
export const Menu = strict('Menu', {
  buildFromTemplate: (items: readonly Item[]): BuiltMenu => ({ items }),
  setApplicationMenu: (menu: BuiltMenu): void => {
    application = menu;
  },
});

/** `Tray` */
export function Tray(picture: string) {
  if (!picture.endsWith('.png')) throw new Error(`the tray's picture is ${picture}`);
  return strict('Tray', {
    on: () => undefined,
    setToolTip: (tip: string): void => {
      seen.tip = tip;
    },
    setContextMenu: (menu: BuiltMenu): void => {
      tray = menu;
    },
  });
}

/** What a menu shows, as text: labels, `-` for lines, `(…)` around what cannot be chosen. */
const shown = ({ items }: BuiltMenu): string[] =>
  items.map(({ type, label = '', enabled = true }) =>
    type === 'separator' ? '-' : enabled ? label : `(${label})`,
  );

/** The tray's menu as text. */
export const trayLines = (): string[] => shown(tray);

/** The titles of the application's menu. */
export const menuTitles = (): string[] => shown(application);

function choose(items: readonly Item[], [label, ...rest]: readonly string[]): void {
  const item = items.find((one) => one.label === label);
  if (item === undefined || item.enabled === false) throw new Error(`no "${label}" can be chosen`);
  if (rest.length > 0) choose(Array.isArray(item.submenu) ? item.submenu : [], rest);
  // The program's own items use none of what Electron passes.
  else Reflect.apply(item.click ?? (() => undefined), item, []);
}

/** Clicks on an item of the tray's menu. */
export const chooseInTray = (label: string): void => choose(tray.items, [label]);

/** Clicks on an item of the application's menu. */
export const chooseInMenu = (labels: readonly string[]): void => choose(application.items, labels);

import type { MenuItemConstructorOptions } from 'electron';
import type { Perform } from './desktop-action.ts';
import type { DesktopWords } from './desktop-words.ts';
import { SCREEN_PATHS, SCREENS } from './screens.ts';

type Item = MenuItemConstructorOptions;

/** What the menu depends on. */
export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  /** Whether this is an installed copy, without the developer tools. */
  readonly isPackaged: boolean;
  readonly words: DesktopWords;
}

const LINE: Item = { type: 'separator' };

/** The native menu. Roles bring their own shortcuts, as each system has them. */
export function menuModel(facts: MenuFacts, perform: Perform): Item[] {
  const isMac = facts.platform === 'darwin';
  return [
    ...(isMac ? [programMenu(facts.words, perform)] : []),
    fileMenu(facts.words, isMac, perform),
    editMenu(facts.words),
    viewMenu(facts),
    goMenu(facts.words, perform),
    windowMenu(facts.words, isMac),
    helpMenu(facts.words, isMac, perform),
  ];
}

function programMenu(words: DesktopWords, perform: Perform): Item {
  return {
    label: 'AIProxy',
    submenu: [
      { role: 'about', label: words.about },
      LINE,
      settingsItem(words, perform),
      LINE,
      { role: 'services', label: words.services },
      LINE,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.unhide },
      LINE,
      quitItem(words, perform),
    ],
  };
}

const settingsItem = (words: DesktopWords, perform: Perform): Item => ({
  label: `${words.settings}…`,
  accelerator: 'CmdOrCtrl+,',
  click: () => perform({ do: 'show', path: SCREEN_PATHS.settings }),
});

const quitItem = (words: DesktopWords, perform: Perform): Item => ({
  label: words.quit,
  accelerator: 'CmdOrCtrl+Q',
  click: () => perform({ do: 'quit' }),
});

function fileMenu(words: DesktopWords, isMac: boolean, perform: Perform): Item {
  const close: Item = { role: 'close', label: words.closeWindow };
  const copy: Item = {
    label: words.copyAddress,
    accelerator: 'CmdOrCtrl+Shift+C',
    click: () => perform({ do: 'copy-address' }),
  };
  const rest = isMac ? [] : [settingsItem(words, perform), LINE, quitItem(words, perform)];
  return { label: words.file, submenu: [copy, LINE, close, ...rest] };
}

const editMenu = (words: DesktopWords): Item => ({
  label: words.edit,
  submenu: [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    LINE,
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'delete', label: words.delete },
    { role: 'selectAll', label: words.selectAll },
  ],
});

function viewMenu({ words, isPackaged }: MenuFacts): Item {
  const tools: Item[] = isPackaged ? [] : [LINE, { role: 'toggleDevTools', label: words.developerTools }];
  return {
    label: words.view,
    submenu: [
      { role: 'reload', label: words.reload },
      LINE,
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      LINE,
      { role: 'togglefullscreen', label: words.fullScreen },
      ...tools,
    ],
  };
}

const goMenu = (words: DesktopWords, perform: Perform): Item => ({
  label: words.go,
  submenu: SCREENS.map((screen, index) => ({
    label: words[screen],
    accelerator: `CmdOrCtrl+${index + 1}`,
    click: () => perform({ do: 'show', path: SCREEN_PATHS[screen] }),
  })),
});

const windowMenu = (words: DesktopWords, isMac: boolean): Item => ({
  role: 'window',
  label: words.window,
  submenu: [
    { role: 'minimize', label: words.minimize },
    ...(isMac
      ? ([{ role: 'zoom', label: words.zoom }, LINE, { role: 'front', label: words.front }] satisfies Item[])
      : []),
  ],
});

const helpMenu = (words: DesktopWords, isMac: boolean, perform: Perform): Item => ({
  role: 'help',
  label: words.help,
  submenu: [
    { label: words.apiDocs, click: () => perform({ do: 'api-docs' }) },
    { label: words.licence, click: () => perform({ do: 'licence' }) },
    ...(isMac ? [] : ([LINE, { role: 'about', label: words.about }] satisfies Item[])),
  ],
});

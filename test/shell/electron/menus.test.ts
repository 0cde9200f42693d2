import { readFile } from 'node:fs/promises';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { DesktopAction } from '../../../src-main/shell/electron/desktop-action.ts';
import { languageOf, wordsOf } from '../../../src-main/shell/electron/desktop-words.ts';
import { menuModel } from '../../../src-main/shell/electron/menu-model.ts';
import { SCREEN_PATHS } from '../../../src-main/shell/electron/screens.ts';
import { type ProxyStatus, trayModel } from '../../../src-main/shell/electron/tray-model.ts';

type Item = MenuItemConstructorOptions;
const EN = wordsOf('en');

const below = (item: Item | undefined): readonly Item[] => (Array.isArray(item?.submenu) ? item.submenu : []);
const all = (items: readonly Item[]): readonly Item[] => items.flatMap((item) => [item, ...all(below(item))]);

function menu(platform: NodeJS.Platform, isPackaged = true) {
  const done: DesktopAction[] = [];
  const items = menuModel({ platform, isPackaged, words: EN }, (action) => done.push(action));
  const click = (label: string) => {
    const item = all(items).find((one) => one.label === label);
    Reflect.apply(item?.click ?? (() => undefined), item, []);
    return done.at(-1);
  };
  return { items, click, titles: items.map(({ label }) => label) };
}

describe('the native menu', () => {
  it('has a menu of the program first on macOS', () => {
    const { items, titles } = menu('darwin');
    expect(titles).toEqual(['AIProxy', 'File', 'Edit', 'View', 'Go', 'Window', 'Help']);
    const roles = below(items[0]).flatMap(({ role }) => role ?? []);
    expect(roles).toEqual(['about', 'services', 'hide', 'hideOthers', 'unhide']);
  });

  it.each<NodeJS.Platform>(['win32', 'linux'])(
    'has what belongs there in the file and help menus on %s',
    (system) => {
      const { items, titles } = menu(system);
      expect(titles).toEqual(['File', 'Edit', 'View', 'Go', 'Window', 'Help']);
      expect(below(items[0]).map(({ label }) => label)).toContain('Quit AIProxy');
      expect(below(items[5]).at(-1)).toMatchObject({ role: 'about' });
    },
  );

  it('edits with the roles of the system', () => {
    const edit = below(menu('linux').items[1]).flatMap(({ role }) => role ?? []);
    expect(edit).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll']);
  });

  it('goes to each screen with Ctrl or Cmd and its number', () => {
    const screens = below(menu('linux').items[3]);
    expect(screens.map(({ label, accelerator }) => `${accelerator} ${label}`)).toEqual([
      'CmdOrCtrl+1 Overview',
      'CmdOrCtrl+2 Users',
      'CmdOrCtrl+3 Proxy-Keys',
      'CmdOrCtrl+4 Channels',
      'CmdOrCtrl+5 Usage',
      'CmdOrCtrl+6 Requests',
      'CmdOrCtrl+7 Connect',
      'CmdOrCtrl+8 Settings',
    ]);
    expect(menu('linux').click('Requests')).toEqual({ do: 'show', path: '/requests' });
  });

  it('names screens that the console has', async () => {
    const screens = await readFile(new URL('../../../src-renderer/screens.tsx', import.meta.url), 'utf8');
    const paths = [...screens.matchAll(/^ {2}'(\/[a-z]*)(?:\/:id\?)?': lazy/gm)].map(([, path]) => path);
    expect(paths).toEqual(expect.arrayContaining(Object.values(SCREEN_PATHS)));
  });

  it('opens the documentation and the licence, and quits', () => {
    const { click } = menu('win32');
    expect(click('API Documentation')).toEqual({ do: 'api-docs' });
    expect(click('Licence')).toEqual({ do: 'licence' });
    expect(click('Quit AIProxy')).toEqual({ do: 'quit' });
  });

  it('has the developer tools in a checkout only', () => {
    const has = (isPackaged: boolean) =>
      all(menu('linux', isPackaged).items).some(({ role }) => role === 'toggleDevTools');
    expect([has(false), has(true)]).toEqual([true, false]);
  });

  it('gives no shortcut twice', () => {
    const shortcuts = all(menu('darwin').items).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});

describe('the tray', () => {
  const tray = (status: ProxyStatus, address = 'http://127.0.0.1:8001') => {
    const done: DesktopAction[] = [];
    return { ...trayModel({ status, address }, EN, (action) => done.push(action)), done };
  };

  it('says where the proxy runs, and offers to pause it', () => {
    const { tip, items, done } = tray('running');
    expect(tip).toBe('AIProxy: Running on 127.0.0.1:8001');
    expect(items[0]).toMatchObject({ label: 'Running on 127.0.0.1:8001', enabled: false });
    for (const item of items) Reflect.apply(item.click ?? (() => undefined), item, []);
    expect(done.map((action) => action.do)).toEqual(['open', 'copy-address', 'pause', 'quit']);
  });

  it('offers to resume what is paused', () => {
    const labels = tray('paused').items.map(({ label }) => label);
    expect(labels).toContain('Resume');
    expect(labels).not.toContain('Pause');
  });

  it.each<[ProxyStatus, string]>([
    ['starting', 'Quit AIProxy'],
    ['stopping', 'Quit Now'],
  ])('can only be quit while it is %s', (status, quit) => {
    const { items } = tray(status, '');
    expect(items.filter(({ type, enabled = true }) => type !== 'separator' && enabled)).toMatchObject([
      { label: quit },
    ]);
  });
});

describe('the language', () => {
  it("follows the system's until one is chosen", () => {
    expect(languageOf('system', 'zh-Hans-CN')).toBe('zh');
    expect(languageOf('system', 'de-AT')).toBe('en');
    expect(languageOf('en', 'zh-CN')).toBe('en');
    expect(languageOf('zh', 'en-GB')).toBe('zh');
  });

  it('has every word in both', () => {
    const zh = wordsOf('zh');
    expect(Object.keys(zh)).toEqual(Object.keys(EN));
    for (const words of [EN, zh]) expect(Object.values(words)).not.toContain('');
    expect(zh.running).toContain('{address}');
  });
});

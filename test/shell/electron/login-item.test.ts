import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { autostartEntry, autostartPath } from '../../../src-main/shell/electron/autostart-entry.ts';
import { loginItem, ownCommand } from '../../../src-main/shell/electron/login-item.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

/** Electron's own way, with what was asked of it. */
function system() {
  const asked: unknown[] = [];
  let isOn = false;
  return {
    asked,
    app: {
      getLoginItemSettings: (options?: unknown) => {
        asked.push(options);
        return { openAtLogin: isOn };
      },
      setLoginItemSettings: (settings: { openAtLogin?: boolean }) => {
        asked.push(settings);
        isOn = settings.openAtLogin === true;
      },
    },
  };
}

it('writes and removes an autostart file on Linux', async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const { app, asked } = system();
  const env = { XDG_CONFIG_HOME: join(folder.path, 'config') };
  const item = loginItem(app, {
    platform: 'linux',
    env,
    homeDir: '/home/anna',
    command: ['/opt/AIProxy/aiproxy'],
  });
  expect(await item.isOn()).toBe(false);
  await item.set(true);
  expect(await item.isOn()).toBe(true);
  const text = await readFile(join(folder.path, 'config', 'autostart', 'aiproxy.desktop'), 'utf8');
  expect(text).toContain('Exec="/opt/AIProxy/aiproxy" "--hidden"\n');
  await item.set(false);
  expect(await item.isOn()).toBe(false);
  expect(asked).toEqual([]);
});

it('asks Windows for the entry that it wrote', async () => {
  const { app, asked } = system();
  const command = ['C:\\AIProxy\\AIProxy.exe', 'C:\\a folder'] as const;
  const item = loginItem(app, { platform: 'win32', env: {}, homeDir: 'C:\\Users\\anna', command });
  await item.set(true);
  expect(await item.isOn()).toBe(true);
  const entry = { path: 'C:\\AIProxy\\AIProxy.exe', args: ['"C:\\a folder"', '--hidden'] };
  expect(asked).toEqual([{ openAtLogin: true, ...entry }, entry]);
});

it('leaves it to macOS which program it is', async () => {
  const { app, asked } = system();
  const item = loginItem(app, { platform: 'darwin', env: {}, homeDir: '/Users/anna', command: ['/a'] });
  await item.set(true);
  expect(asked).toEqual([{ openAtLogin: true }]);
});

it('starts an AppImage by its file, which is mounted elsewhere each time', () => {
  expect(ownCommand('/tmp/.mount_x/aiproxy', null, { APPIMAGE: '/home/anna/AIProxy.AppImage' })).toEqual([
    '/home/anna/AIProxy.AppImage',
  ]);
  expect(ownCommand('/checkout/electron', '/checkout', {})).toEqual(['/checkout/electron', '/checkout']);
});

it('follows the rules of desktop files for places and for odd characters', () => {
  expect(autostartPath({}, '/home/anna')).toBe('/home/anna/.config/autostart/aiproxy.desktop');
  expect(autostartPath({ XDG_CONFIG_HOME: 'relative' }, '/home/anna')).toBe(
    '/home/anna/.config/autostart/aiproxy.desktop',
  );
  expect(autostartEntry(['/opt/100% "A$B"/run'])).toContain(
    'Exec="/opt/100%% \\\\"A\\\\$B\\\\"/run" "--hidden"',
  );
});

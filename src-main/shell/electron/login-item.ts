import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LoginItemSettings, LoginItemSettingsOptions, Settings } from 'electron';
import { writeDurably } from '../../adapters/document/durable-write.ts';
import { autostartEntry, autostartPath } from './autostart-entry.ts';
import { HIDDEN } from './launch-arguments.ts';

/** Whether the program starts when the person signs in to the computer; the system keeps that. */
export interface LoginItem {
  isOn(): Promise<boolean>;
  /** @throws the system's error where it cannot be kept */
  set(isOn: boolean): Promise<void>;
}

/** How Electron's `app` keeps it on Windows and macOS. */
export interface SystemLogin {
  getLoginItemSettings(options?: LoginItemSettingsOptions): Pick<LoginItemSettings, 'openAtLogin'>;
  setLoginItemSettings(settings: Settings): void;
}

/** What is started, and on which system. */
export interface LoginFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  /** The program, and what stands behind it; in a checkout Electron and the folder. */
  readonly command: readonly [program: string, ...args: readonly string[]];
}

/** The command that starts this program again. An AppImage is mounted anew each time, so its file is named. */
export function ownCommand(
  execPath: string,
  appPath: string | null,
  env: LoginFacts['env'],
): LoginFacts['command'] {
  return [env.APPIMAGE || execPath, ...(appPath === null ? [] : [appPath])];
}

function autostart({ env, homeDir, command }: LoginFacts): LoginItem {
  const path = autostartPath(env, homeDir);
  return {
    isOn: async () => (await stat(path).catch(() => null)) !== null,
    async set(isOn) {
      if (!isOn) return rm(path, { force: true });
      await mkdir(dirname(path), { recursive: true });
      await writeDurably(path, autostartEntry(command));
    },
  };
}

/** Starting at login, as this system does it. */
export function loginItem(app: SystemLogin, facts: LoginFacts): LoginItem {
  if (facts.platform !== 'win32' && facts.platform !== 'darwin') return autostart(facts);
  const [path, ...args] = facts.command;
  // Windows finds the entry again by what was written; macOS starts the program as it is.
  const windows =
    facts.platform === 'win32' ? { path, args: [...args.map((arg) => `"${arg}"`), HIDDEN] } : {};
  return {
    isOn: async () => app.getLoginItemSettings(windows).openAtLogin,
    set: async (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...windows }),
  };
}

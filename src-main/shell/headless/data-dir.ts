import { posix, win32 } from 'node:path';
import type { Terminal } from './terminal.ts';

/**
 * Where AIProxy keeps its data unless it is told otherwise: the system's place for a user's data, never a place
 * that depends on the working directory. On Linux after the XDG base directory specification, which says that a
 * relative `XDG_DATA_HOME` is ignored.
 */
export function defaultDataDir({
  env,
  platform,
  homeDir,
}: Pick<Terminal, 'env' | 'platform' | 'homeDir'>): string {
  switch (platform) {
    case 'win32':
      return win32.join(env.LOCALAPPDATA || win32.join(homeDir, 'AppData', 'Local'), 'AIProxy');
    case 'darwin':
      return posix.join(homeDir, 'Library', 'Application Support', 'AIProxy');
    default: {
      const xdg = env.XDG_DATA_HOME ?? '';
      return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(homeDir, '.local', 'share'), 'aiproxy');
    }
  }
}

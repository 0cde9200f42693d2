import { posix } from 'node:path';
import { HIDDEN } from './launch-arguments.ts';

/**
 * Where Linux desktops look for what starts with a session (freedesktop.org, Desktop Application Autostart
 * Specification). Electron knows only the other systems' places.
 */
export function autostartPath(env: Readonly<Record<string, string | undefined>>, homeDir: string): string {
  const configured = env.XDG_CONFIG_HOME ?? '';
  const folder = posix.isAbsolute(configured) ? configured : posix.join(homeDir, '.config');
  return posix.join(folder, 'autostart', 'aiproxy.desktop');
}

/** A word of `Exec`, quoted by the rules of the Desktop Entry Specification. */
const quoted = (word: string): string =>
  `"${word
    .replace(/[\\"`$]/g, (character) => `\\${character}`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

/** The file that starts the program. @param command the program's path and what stands behind it */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=AIProxy',
    `Exec=${[...command, HIDDEN].map(quoted).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

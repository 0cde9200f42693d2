// Finds what a window needs, or says why there is none. Looks only at files: `require('electron')` would try to download a runtime.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The Electron binary that is installed below `root` or named by the environment, or null. */
export function electronBinary(root, env = process.env) {
  const folder = join(root, 'node_modules', 'electron');
  let name = null;
  try {
    name = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    // Not downloaded.
  }
  const overriding = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!overriding && name === null) return null;
  const binary = overriding ? join(overriding, name || 'electron') : join(folder, 'dist', name);
  return existsSync(binary) ? binary : null;
}

/** Whether there is a screen to open a window on. Only Linux may be without one. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Whether this is root on Linux, as whom Electron runs only without its sandbox. */
function isRoot(platform, uid) {
  return platform === 'linux' && uid === 0;
}

/** The one line that is printed before serving without a window; null where there can be one. */
export function whyNoWindow(root, env = process.env, platform = process.platform, uid = process.getuid?.()) {
  if (electronBinary(root, env) === null)
    return 'No Electron runtime is installed: serving without a window.';
  if (!hasDisplay(env, platform)) return 'There is no display: serving without a window.';
  if (isRoot(platform, uid))
    return 'Electron does not run as root with its sandbox on: serving without a window.';
  return null;
}

// Says why there is no window. Looks only at files: `require('electron')` would try to download a runtime.
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

/** The one line that is printed before serving without a window. */
export function whyNoWindow(root, env = process.env, platform = process.platform) {
  if (electronBinary(root, env) === null)
    return 'No Electron runtime is installed: serving without a window.';
  if (!hasDisplay(env, platform)) return 'There is no display: serving without a window.';
  return 'The window is not part of this version yet: serving without one.';
}

import { fileURLToPath } from 'node:url';

/** Files that the shell opens, seen from the sources (`.ts`) or from the built program, where all lies together. */
const placed =
  (fromSource: string, built: string) =>
  (moduleUrl = import.meta.url): string =>
    fileURLToPath(new URL(moduleUrl.endsWith('.ts') ? fromSource : built, moduleUrl));

/** The bundled preload script; it is built in any case. */
export const preloadPath = placed('../../../dist/main/preload.cjs', './preload.cjs');

/** The licence, for the help menu. */
export const licencePath = placed('../../../LICENSE', '../../LICENSE');

/** The folder of the pictures that are shown while the program runs. */
export const picturesFolder = placed('../../../build/tray/', './pictures/');

import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { ROOT } from '../../../scripts/run-script.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

/** The runtime that `scripts/test-electron.js` found; empty where these tests are to be skipped. */
export const ELECTRON = process.env.AIPROXY_TEST_ELECTRON ?? '';

/** The desktop program in Electron itself. */
export interface RealDesktop {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** Chromium refuses to run as root with its sandbox, which is what containers do. Said aloud, never in the program. */
function sandboxFlags(): string[] {
  if (process.getuid?.() !== 0) return [];
  process.stderr.write('as root, Electron is tested without its sandbox\n');
  return ['--no-sandbox'];
}

/** Starts it on free ports, in a data folder of its own. */
export async function startElectron(): Promise<RealDesktop> {
  const folder = await tempFolder();
  const dataDir = join(folder.path, 'data');
  const electron = await _electron.launch({
    executablePath: ELECTRON,
    args: [ROOT, ...sandboxFlags(), '--data-dir', dataDir, '--port', '0', '--console-port', '0', '--demo'],
  });
  const page = await electron.firstWindow();
  await page.waitForLoadState();
  return {
    electron,
    page,
    dataDir,
    async close() {
      await electron.close();
      await folder.remove();
    },
  };
}

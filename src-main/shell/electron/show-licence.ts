import { readFile } from 'node:fs/promises';
import { dialog } from 'electron';
import packageJson from '../../../package.json' with { type: 'json' };
import { licencePath } from './shell-files.ts';

/** Shows the program's licence in a dialog. */
export async function showLicence(): Promise<void> {
  const detail = await readFile(licencePath(), 'utf8');
  await dialog.showMessageBox({ message: `AIProxy ${packageJson.version}`, detail });
}

import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { plainReason, systemCode } from '../core/disk-words.ts';

const OWNER_ONLY = 0o700;

/** The data folder cannot be used, and why. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** Makes one folder where it is missing; its parents first. Node's own `recursive` never ends below `/proc`. */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: OWNER_ONLY });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    if (systemCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await make(dirname(folder));
    await mkdir(folder, { mode: OWNER_ONLY });
  }
}

/**
 * Makes the data folder, for its owner alone. One that is there serves also where nothing can be written: what it holds
 * can be read. @throws DataFolderError with a line that says what to do
 */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await make(folder);
    if (!(await stat(folder)).isDirectory())
      throw new DataFolderError(unusable(folder, 'it is not a folder'));
    await access(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    const isNowhere = systemCode(error) === 'ENOENT';
    const isFile = systemCode(error) === 'ENOTDIR';
    const reason = isNowhere ? 'it cannot be made there' : isFile ? 'it is not a folder' : plainReason(error);
    throw new DataFolderError(unusable(folder, reason), { cause: error });
  }
}

const unusable = (folder: string, reason: string): string =>
  `the data folder ${folder} cannot be used: ${reason}; correct that, or name another one with --data-dir`;

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o700;

const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: 'it is not a folder',
  ENOENT: 'it cannot be made there',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** The data folder cannot be used, and why. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Makes one folder where it is missing; its parents first. Node's own `recursive` never ends below `/proc`. */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: OWNER_ONLY });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await make(dirname(folder));
    await mkdir(folder, { mode: OWNER_ONLY });
  }
}

/** Makes the data folder, for its owner alone. @throws DataFolderError */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await make(folder);
    // A file of that name shows only when something is made inside.
    await mkdir(`${folder}/logs`, { mode: OWNER_ONLY }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } catch (error) {
    const reason = REASONS[codeOf(error)] ?? codeOf(error);
    throw new DataFolderError(`the data folder ${folder} cannot be used: ${reason}`, { cause: error });
  }
}

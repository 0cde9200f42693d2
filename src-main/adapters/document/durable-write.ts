import { chmod, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The calls a durable write consists of; tests put failing ones in their place. */
export interface WriteCalls {
  readonly open: typeof open;
  readonly rename: typeof rename;
}

export const REAL_WRITE_CALLS: WriteCalls = { open, rename };

/** Who may read a file that holds keys: its owner. */
export const PRIVATE_FILE = 0o600;
/** Who may look into a folder that holds keys: its owner. */
export const PRIVATE_FOLDER = 0o700;

/** Where a new version of the file is written before it takes the file's place. */
export function temporaryPath(path: string): string {
  return `${path}.tmp`;
}

/** Makes the names in a folder durable. Windows cannot open folders; its file system journals names by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeSynced(
  path: string,
  data: string | Uint8Array,
  mode: number,
  calls: WriteCalls,
): Promise<void> {
  const handle = await calls.open(path, 'w', mode);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // An older temporary file may have been left behind with other rights.
  await chmod(path, mode);
}

const BUSY = new Set(['EPERM', 'EACCES', 'EBUSY']);
const RENAME_TRIES = 6;

/** On Windows a virus scanner or an editor may hold the file for a moment. */
async function renameOver(from: string, to: string, calls: WriteCalls): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await calls.rename(from, to);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (process.platform !== 'win32' || attempt === RENAME_TRIES || !BUSY.has(code)) throw error;
      await delay(20 * attempt);
    }
  }
}

/** The file a symbolic link finally names, so that the link itself survives; the path itself where nothing is there. */
async function targetOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** The rights a file has; those of a private file where there is none. */
export async function modeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mode }) => mode & 0o777,
    () => PRIVATE_FILE,
  );
}

/**
 * Replaces a file so that after a crash at any moment either the old or the new content is there, whole.
 * When it resolves, the new content is on the disk.
 * @throws the system's error (ENOSPC, EROFS, …); the old file is then untouched
 */
export async function writeDurably(
  path: string,
  data: string | Uint8Array,
  mode: number = PRIVATE_FILE,
  calls: WriteCalls = REAL_WRITE_CALLS,
): Promise<void> {
  const target = await targetOf(path);
  const temporary = temporaryPath(target);
  try {
    await writeSynced(temporary, data, mode, calls);
    await renameOver(temporary, target, calls);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(target));
}

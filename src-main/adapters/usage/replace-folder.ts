import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogPosition } from '../../core/usage/log-position.ts';
import { syncFolder } from '../document/durable-write.ts';
import { UsageDisk } from './usage-disk.ts';
import { UsageFolder } from './usage-folder.ts';
import { LATEST_NAME, NOTHING_TO_DO, type UsageLatest } from './usage-latest.ts';

const incoming = (folder: string): string => `${folder}.incoming`;

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Puts another folder in the usage folder's place. It is made ready under a name of its own first; then the old one is
 * renamed aside and the new one into place. Killed between these two, the next start does the second
 * (`finishReplacing`); killed before, it removes what was made ready.
 * @param position what of the request log is not to be counted into the new folder any more
 * @returns the name under which the old folder is kept
 * @throws UsageFileError where a file cannot be read, or the system's error; the old folder is then in its place
 */
export async function replaceFolder(
  folder: string,
  other: string,
  position: LogPosition,
  disk = new UsageDisk(),
): Promise<string> {
  const found = new UsageFolder(other, disk);
  await found.look();
  let commit = 0;
  for (const { name } of found.periods) {
    const read = await found.read(name);
    if (!read.ok) throw new Error(`the usage file ${name} cannot be read: ${read.reason}`);
    commit = Math.max(commit, read.head.commit);
  }
  await found.finish();
  const latest: UsageLatest = {
    v: 1,
    commit: commit + 1,
    head: null,
    log_offset: position,
    journal: NOTHING_TO_DO,
  };
  await disk.write(join(other, LATEST_NAME), latest);
  const kept = `${basename(folder)}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  await swap(folder, other, join(dirname(folder), kept), disk);
  return kept;
}

async function swap(folder: string, other: string, kept: string, disk: UsageDisk): Promise<void> {
  await disk.remove(incoming(folder));
  await disk.rename(other, incoming(folder));
  await syncFolder(dirname(folder));
  const hadOne = await isThere(folder);
  if (hadOne) await disk.rename(folder, kept);
  try {
    await disk.rename(incoming(folder), folder);
  } catch (error) {
    if (hadOne) await disk.rename(kept, folder);
    throw error;
  }
  await syncFolder(dirname(folder));
}

/** Finishes what a crash has left of replacing the folder, one way or the other. @throws the system's error */
export async function finishReplacing(folder: string, disk = new UsageDisk()): Promise<void> {
  if (!(await isThere(incoming(folder)))) return;
  const hasFiles = await readdir(folder).then(
    (names) => names.length > 0,
    () => false,
  );
  if (hasFiles) {
    await disk.remove(incoming(folder));
    return;
  }
  await disk.remove(folder);
  await disk.rename(incoming(folder), folder);
}

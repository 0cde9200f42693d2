import { join } from 'node:path';
import { daysBefore } from '../../core/local-day.ts';
import { type LogDisk, ownLogFiles } from './log-disk.ts';

/** The day of the newest file before today's, of which a run with a wrong clock could have made one already. */
export async function newestDay(
  disk: LogDisk,
  log: { readonly folder: string; readonly prefix: string },
  today: string,
): Promise<string | null> {
  const days = ownLogFiles(log.prefix, await disk.list(log.folder)).map(({ day }) => day);
  return days
    .filter((day) => day !== today)
    .reduce((a: string | null, b) => (a !== null && a > b ? a : b), null);
}

/** A log's own files of days longer ago than are kept, absolute; nothing else in the folder is touched. */
export async function expiredFiles(
  disk: LogDisk,
  log: { readonly folder: string; readonly prefix: string },
  today: string,
  retentionDays: number,
): Promise<readonly string[]> {
  const oldestKept = daysBefore(today, retentionDays);
  return ownLogFiles(log.prefix, await disk.list(log.folder))
    .filter((file) => file.day < oldestKept)
    .map((file) => join(log.folder, file.name));
}

/** Deletes files. @returns why some could not be deleted; empty where all went well */
export async function removeAll(disk: LogDisk, paths: readonly string[]): Promise<readonly unknown[]> {
  const results = await Promise.allSettled(paths.map((path) => disk.remove(path)));
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

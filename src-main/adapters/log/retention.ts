import { join } from 'node:path';
import { daysBefore } from '../../core/local-day.ts';
import { type LogDisk, ownLogFiles } from './log-disk.ts';

/**
 * Deletes a log's own files of days longer ago than are kept; nothing else in the folder is touched.
 * @returns why files could not be deleted; empty where all went well
 */
export async function removeExpired(
  disk: LogDisk,
  log: { readonly folder: string; readonly prefix: string },
  today: string,
  retentionDays: number,
): Promise<readonly unknown[]> {
  const oldestKept = daysBefore(today, retentionDays);
  const expired = ownLogFiles(log.prefix, await disk.list(log.folder)).filter(
    (file) => file.day < oldestKept,
  );
  const results = await Promise.allSettled(expired.map((file) => disk.remove(join(log.folder, file.name))));
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

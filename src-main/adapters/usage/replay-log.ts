import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../core/disk-words.ts';
import { parseCountedLine } from '../../core/usage/counted-line.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import type { CountableRecord } from '../../core/usage/usage-counting.ts';
import { ownLogFiles } from '../log/log-disk.ts';
import { readLines } from './read-lines.ts';

/** How the request log's files begin. */
export const LOG_PREFIX = 'requests';

/** How long each file of the request log is now, in bytes. @throws the system's error */
export async function logEnds(folder: string): Promise<LogPosition> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  });
  const files = ownLogFiles(LOG_PREFIX, names);
  const sizes = await Promise.all(
    files.map(async ({ name }) => [name, (await stat(join(folder, name))).size] as const),
  );
  return Object.fromEntries(sizes);
}

/** What became of the lines that were read. */
export interface Replayed {
  counted: number;
  /** Lines that are no record, the ones a crash cut off among them. */
  unreadable: number;
  /** Lines of a version this program does not know. */
  newer: number;
}

/** Part of one file of the log. */
export interface LogRange {
  readonly name: string;
  readonly fromByte: number;
  readonly untilByte: number;
}

/** Reads what lies between two positions, line by line. @throws the system's error */
export async function replayLog(
  folder: string,
  ranges: readonly LogRange[],
  count: (record: CountableRecord) => void,
): Promise<Replayed> {
  const replayed: Replayed = { counted: 0, unreadable: 0, newer: 0 };
  for (const { name, fromByte, untilByte } of ranges) {
    const left = await readLines({ path: join(folder, name), fromByte, untilByte }, (line) => {
      const record = parseCountedLine(line);
      if (typeof record === 'string') replayed[record] += 1;
      else {
        replayed.counted += 1;
        count(record);
      }
    });
    if (left > 0) replayed.unreadable += 1;
  }
  return replayed;
}

import { join } from 'node:path';
import type { LogPosition } from '../../core/usage/log-position.ts';
import { parsePeriodFileName, parseRollupFileName } from '../../core/usage/period-name.ts';
import { positionOf, UsageFileError } from '../../core/usage/usage-file.ts';
import { UsageDisk } from './usage-disk.ts';

/** What is still to be done of a change of several files; doing it twice is doing it once. */
export interface UsageJournal {
  /** Files whose new content lies beside them, under `nextName`. */
  readonly promote: readonly string[];
  /** Files that are removed. */
  readonly remove: readonly string[];
}

/** `usage/latest.json`: where a start begins to read. */
export interface UsageLatest {
  readonly v: 1;
  readonly commit: number;
  /** The hour's file that is rewritten by itself, without this one; `null` where the next write makes another. */
  readonly head: string | null;
  /** What of the request log was counted when this was written. */
  readonly log_offset: LogPosition;
  readonly journal: UsageJournal;
}

export const LATEST_NAME = 'latest.json';
export const NOTHING_TO_DO: UsageJournal = { promote: [], remove: [] };

/** Where the new content of a file waits for its commit. */
export const nextName = (name: string): string => `${name}.next`;

/** Reads it. @throws UsageFileError */
export function decodeLatest(content: unknown): UsageLatest {
  if (typeof content !== 'object' || content === null) throw new UsageFileError('it is no object');
  const { v, commit, head, log_offset, journal } = content as Readonly<Record<string, unknown>>; // From JSON; each is looked at.
  if (v !== 1) throw new UsageFileError(`its version is ${JSON.stringify(v)}`);
  if (typeof commit !== 'number' || !(typeof head === 'string' || head === null)) {
    throw new UsageFileError('commit or head is missing');
  }
  const { promote, remove } = (journal ?? {}) as Readonly<Record<string, unknown>>; // As above.
  return {
    v,
    commit,
    head: head === null ? null : (namesOf([head])[0] ?? null),
    log_offset: positionOf(log_offset),
    journal: { promote: namesOf(promote), remove: namesOf(remove) },
  };
}

/** Only names of periods and of their sums: what stands in the file must not lead out of the folder. */
function namesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new UsageFileError('the journal is no list');
  return value.map((name: unknown) => {
    const isOurs =
      typeof name === 'string' && (parsePeriodFileName(name) ?? parseRollupFileName(name)) !== null;
    if (!isOurs) {
      throw new UsageFileError('it names a file that is no period');
    }
    return name;
  });
}

/** Whether the files stand for a whole log of these lengths, as far as `latest.json` alone can tell: after a proper stop it does. */
export async function isUpToDate(folder: string, ends: LogPosition): Promise<boolean> {
  try {
    const content = await new UsageDisk().read(join(folder, LATEST_NAME));
    const latest = content === null ? null : decodeLatest(content);
    const isDone =
      latest === null || (latest.journal.promote.length === 0 && latest.journal.remove.length === 0);
    return isDone && Object.entries(ends).every(([name, bytes]) => (latest?.log_offset[name] ?? 0) === bytes);
  } catch {
    return false;
  }
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RetiredIds } from '../../core/control-ports.ts';
import type { Clock, DocumentStore } from '../../core/ports.ts';
import { PRIVATE_FOLDER } from '../document/durable-write.ts';
import type { UsageKeeping } from '../usage/usage-keeping.ts';
import type { ArchiveTask, Unpacked } from './archive-work.ts';

/** The statistics on the disk, as their owner lets others at them. */
export type StoredUsage = Pick<UsageKeeping, 'freeze' | 'replaceWith' | 'besideUsage'>;

/** What backups are made of and restored to. */
export interface ArchiveParts {
  readonly dataDir: string;
  readonly store: DocumentStore;
  readonly usage: StoredUsage;
  /** The ids and names of deleted records, of which statistics tell. */
  readonly retired: RetiredIds;
  readonly clock: Clock;
  /** Of this program. */
  readonly version: string;
  /** Does the long work, in a thread of its own. */
  readonly run: (task: ArchiveTask) => Promise<Unpacked>;
}

/** Where the work is done: beside the data, so that it is as private and can be renamed into its place. */
export function workFolderOf(dataDir: string): string {
  return join(dataDir, 'state', 'work');
}

/** Lends an empty private folder, and removes it afterwards with all it holds, keys among it. */
export async function inWorkFolder<T>(dataDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeWorkFolder(dataDir);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An empty private folder, which the caller removes; the next start removes what a crash left. */
export async function makeWorkFolder(dataDir: string): Promise<string> {
  const parent = workFolderOf(dataDir);
  await mkdir(parent, { recursive: true, mode: PRIVATE_FOLDER });
  return mkdtemp(join(parent, 'work-'));
}

import { randomBytes } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { isUnwritable, plainReason } from '../../core/disk-words.ts';
import { PRIVATE_FILE } from './durable-write.ts';
import { processStart } from './process-start.ts';

/** Gives the folder free for the next process. */
export type ReleaseLock = () => Promise<void>;

/** The file that says which process uses a data folder. */
export const LOCK_NAME = 'aiproxy.lock';

interface Holder {
  readonly pid: number;
  readonly started: string;
}

function parseHolder(text: string): Holder | null {
  const match = /^(\d+) (\S.*)\n$/.exec(text);
  return match === null ? null : { pid: Number(match[1]), started: match[2] ?? '' };
}

/** A holder that does not run any more, or whose number has gone to another process, holds nothing. */
function isStale(text: string): boolean {
  const holder = parseHolder(text);
  return holder === null || processStart(holder.pid) !== holder.started;
}

/** Who uses a data folder, as its lock tells. */
export type FolderHolder =
  | { readonly state: 'free' }
  | { readonly state: 'held' | 'stale'; readonly pid: number | null };

/** Reads who uses a data folder; nothing is changed. */
export async function folderHolder(dataDir: string): Promise<FolderHolder> {
  const text = await readFile(join(dataDir, LOCK_NAME), 'utf8').catch(() => null);
  if (text === null) return { state: 'free' };
  return { state: isStale(text) ? 'stale' : 'held', pid: parseHolder(text)?.pid ?? null };
}

/** Why there cannot be a lock, whoever wants it; `null` where there can. */
export async function lockFault(dataDir: string): Promise<string | null> {
  const found = await stat(join(dataDir, LOCK_NAME)).catch(() => null);
  return found?.isDirectory() === true ? 'a folder stands where a file should be: move it away' : null;
}

function refusal(dataDir: string, text: string): ConfigurationError {
  const pid = parseHolder(text)?.pid ?? 'unknown';
  return new ConfigurationError(`another AIProxy (process ${pid}) already uses the data folder ${dataDir}`);
}

/**
 * Takes a stale lock away. Only one process at a time may: between looking and removing, another could have
 * put its own lock there.
 */
async function removeStale(lock: string, staleText: string, mine: string): Promise<void> {
  const takeover = `${lock}.takeover`;
  const alone = await link(mine, takeover).then(
    () => true,
    () => false,
  );
  if (!alone) {
    const by = await readFile(takeover, 'utf8').catch(() => null);
    if (by !== null && isStale(by)) await rm(takeover, { force: true });
    await setTimeout(10);
    return;
  }
  try {
    if ((await readFile(lock, 'utf8').catch(() => null)) === staleText) await rm(lock, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

const TRIES = 100;

/** A lock, or why none could be written: then nobody else can write here either. */
export interface FolderLock {
  readonly release: ReleaseLock;
  readonly notice: string | null;
}

/**
 * Like `lockFolder`. Where the disk is full or read-only nothing is written,
 * and the start goes on: what is there can be served.
 * @throws ConfigurationError naming the process that uses it, or why the folder cannot be locked
 */
export async function lockWherePossible(dataDir: string): Promise<FolderLock> {
  try {
    return { release: await lockFolder(dataDir), notice: null };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const reason = plainReason(error);
    if (!isUnwritable(error))
      throw new ConfigurationError(`the data folder ${dataDir} cannot be locked: ${reason}`, [], {
        cause: error,
      });
    const holder = await folderHolder(dataDir);
    if (holder.state === 'held') throw refusal(dataDir, `${holder.pid ?? 'unknown'} running\n`);
    const notice = `the data folder ${dataDir} cannot be written: ${reason}; AIProxy serves what is there, and changes cannot be saved`;
    return { release: async () => undefined, notice };
  }
}

/**
 * Makes this process the only one that uses the data folder.
 * @throws ConfigurationError naming the process that uses it; the system's error where it cannot be written
 */
export async function lockFolder(dataDir: string): Promise<ReleaseLock> {
  const lock = join(dataDir, LOCK_NAME);
  const mine = `${lock}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const text = `${process.pid} ${processStart(process.pid) ?? 'running'}\n`;
  const fault = await lockFault(dataDir);
  if (fault !== null) throw new ConfigurationError(`${lock}: ${fault}`);
  try {
    await writeFile(mine, text, { mode: PRIVATE_FILE });
    for (let attempt = 1; ; attempt++) {
      // A link appears with its content at once: nobody can read a half-written lock.
      const taken = await link(mine, lock).then(
        () => true,
        () => false,
      );
      if (taken) return () => release(lock, text);
      const held = await readFile(lock, 'utf8').catch(() => null);
      if (held !== null && (!isStale(held) || attempt === TRIES)) throw refusal(dataDir, held);
      if (attempt === TRIES) throw new ConfigurationError(`the data folder ${dataDir} cannot be locked`);
      if (held !== null) await removeStale(lock, held, mine);
    }
  } finally {
    await rm(mine, { force: true }).catch(() => undefined);
  }
}

async function release(lock: string, text: string): Promise<void> {
  const held = await readFile(lock, 'utf8').catch(() => null);
  if (held === text) await rm(lock, { force: true });
}

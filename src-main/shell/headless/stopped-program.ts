import { rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { folderHolder } from '../../adapters/document/folder-lock.ts';
import { type OpenedStore, openDocumentStore } from '../../adapters/document/open-store.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { type AppOptions, StartError } from '../../app-options.ts';
import { ProxyError } from '../../contract/errors.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import type { Invocation } from './invocation.ts';
import { locations } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { terminalLog } from './terminal-log.ts';

/** A data folder whose program does not run, opened for this command alone. */
export interface StoppedProgram extends Pick<OpenedStore, 'store'> {
  readonly where: Pick<AppOptions, 'dataDir' | 'configPath'>;
}

/** What a command wants of a data folder. */
export interface StoppedOptions {
  /** How the same is asked of a running program: `POST /api/v1/backup`. */
  readonly instead: string;
  /** Begins a data folder where there is none. */
  readonly mayBegin?: boolean;
}

/**
 * Works on the data folder of a program that does not run; notices go to standard error. Folders that were made for
 * work that then failed are taken away again.
 * @throws StartError where one runs, saying which and what to do instead, or where there is no data folder;
 * ConfigurationError
 */
export async function withStoppedProgram<T>(
  invocation: Invocation,
  terminal: Terminal,
  { instead, mayBegin = false }: StoppedOptions,
  work: (program: StoppedProgram) => Promise<T>,
): Promise<T> {
  const where = locations(invocation, terminal);
  const begun = await missingFolders(where.dataDir);
  if (!mayBegin && begun.includes(join(where.dataDir, '')))
    throw new StartError(`there is no data folder ${where.dataDir}`);
  await refuseRunning(where.dataDir, instead);
  try {
    return await workOn(where, terminal, work);
  } catch (error) {
    for (const folder of begun) await rmdir(folder).catch(() => undefined);
    throw error instanceof ProxyError ? new StartError(error.message, { cause: error }) : error;
  }
}

async function workOn<T>(
  where: StoppedProgram['where'],
  terminal: Terminal,
  work: (program: StoppedProgram) => Promise<T>,
): Promise<T> {
  const log = terminalLog(terminal);
  const { store, notices } = await openDocumentStore({
    ...where,
    clock: systemClock,
    log,
    platforms: PLATFORMS,
  });
  try {
    for (const line of notices) terminal.err(`Note: ${line}\n`);
    return await work({ store, where });
  } finally {
    await store.close();
  }
}

/** The folders that a command would make in a new data folder, the inner ones first. */
async function missingFolders(dataDir: string): Promise<string[]> {
  const names = ['config', 'usage', 'logs', 'state/work', 'state', ''];
  const folders = names.map((name) => join(dataDir, name));
  const found = await Promise.all(folders.map((folder) => stat(folder).catch(() => null)));
  return folders.filter((_, index) => found[index] === null);
}

async function refuseRunning(dataDir: string, instead: string): Promise<void> {
  const holder = await folderHolder(dataDir);
  if (holder.state !== 'held') return;
  throw new StartError(
    `AIProxy (process ${holder.pid ?? 'unknown'}) is running on the data folder ${dataDir}: stop it first, or ask it over its console, ${instead}`,
  );
}

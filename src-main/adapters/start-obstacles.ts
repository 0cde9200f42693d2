import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { System } from '../contract/document.ts';
import { plainReason, systemCode } from '../core/disk-words.ts';
import { LOCK_NAME, lockFault } from './document/folder-lock.ts';
import { tlsProblem } from './tls-files.ts';

/** What a start would run into: an error ends it or takes a part of it away, with a warning it serves what is there. */
export interface Obstacle {
  readonly place: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

const NO_FOLDER = 'a file stands where a folder should be: move it away';

const MISSING: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR']);

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );

async function ofFolder(path: string): Promise<Obstacle | null> {
  if (await isFile(path)) return { place: path, message: NO_FOLDER, severity: 'error' };
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    // What is missing is made; a file in the place of the folder above is told there.
    if (MISSING.has(systemCode(error))) return null;
    return { place: path, message: `cannot be written: ${plainReason(error)}`, severity: 'warning' };
  }
}

/** A folder in the place of the lock: nobody could say whose the data folder is. */
async function ofLock(dataDir: string): Promise<Obstacle | null> {
  const message = await lockFault(dataDir);
  return message === null ? null : { place: join(dataDir, LOCK_NAME), message, severity: 'error' };
}

async function ofSpace(dataDir: string): Promise<Obstacle | null> {
  const found = await statfs(dataDir).catch(() => null);
  if (found === null || found.bavail > 0) return null;
  return { place: dataDir, message: 'the disk is full: nothing can be saved or logged', severity: 'warning' };
}

function ofCertificates({ proxy, console }: System): (Obstacle | null)[] {
  return Object.entries({ proxy, console }).map(([name, listener]) => {
    const problem = listener?.tls === undefined ? null : tlsProblem(listener.tls);
    return problem === null ? null : { place: `system.${name}.tls`, message: problem, severity: 'error' };
  });
}

/** The folders of a data folder that are in the way of a start. @param own whether its `config` is used */
export async function folderObstacles(dataDir: string, own: boolean): Promise<readonly Obstacle[]> {
  const names = [...(own ? ['config'] : []), 'config/backups', 'state', 'logs', 'usage', 'backups'];
  const found = await Promise.all([
    ofFolder(dataDir),
    ofSpace(dataDir),
    ofLock(dataDir),
    ...names.map((name) => ofFolder(join(dataDir, name))),
  ]);
  return found.filter((obstacle) => obstacle !== null);
}

/** Everything outside the configuration's text that a start would run into. Changes nothing. */
export async function startObstacles(
  { dataDir, configPath }: { readonly dataDir: string; readonly configPath: string | null },
  system: System,
): Promise<readonly Obstacle[]> {
  const certificates = ofCertificates(system).filter((obstacle) => obstacle !== null);
  return [...(await folderObstacles(dataDir, configPath === null)), ...certificates];
}

import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { System } from '../contract/document.ts';
import { plainReason } from '../core/disk-words.ts';
import { tlsProblem } from './tls-files.ts';

/** What a start would run into: an error ends it or takes a part of it away, with a warning it serves what is there. */
export interface Obstacle {
  readonly place: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

const NO_FOLDER = 'a file stands where a folder should be: move it away';

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
    // What is missing is made.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return { place: path, message: `cannot be written: ${plainReason(error)}`, severity: 'warning' };
  }
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
  const names = [...(own ? ['config'] : []), 'state', 'logs', 'usage'];
  const found = await Promise.all([
    ofFolder(dataDir),
    ofSpace(dataDir),
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

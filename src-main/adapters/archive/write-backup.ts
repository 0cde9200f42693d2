import { randomBytes } from 'node:crypto';
import { copyFile, cp, link, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DOCUMENT_FILES, type Document } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { BackupSummary } from '../../core/control-ports.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, syncFolder } from '../document/durable-write.ts';
import { type ArchiveParts, inWorkFolder } from './archive-parts.ts';
import { isUsageName, type Manifest, RETIRED_NAME, totalBytes } from './manifest.ts';

/** What a manifest tells of its backup. */
export function summaryOf({ created_at, version, files }: Manifest): BackupSummary {
  return { created_at, version, files: files.length, size_bytes: totalBytes(files) };
}

/** The document as its three files, whatever files it lies in; references to the environment stay references. */
async function writeDocument(folder: string, document: Document): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  for (const [name, sections] of Object.entries(DOCUMENT_FILES)) {
    const members = Object.fromEntries(sections.map((section) => [section, document[section]]));
    const text = JSON.stringify({ version: document.version, ...members }, null, 2);
    await writeFile(join(folder, name), `${text}\n`, { mode: PRIVATE_FILE });
    await nextTurn();
  }
}

/** The files of periods. How far the log was counted is told there by where it ends; what was set aside stays. */
export async function copyUsage(from: string, to: string): Promise<void> {
  const isWanted = async (path: string): Promise<boolean> =>
    path === from ||
    (await stat(path)).isDirectory() ||
    isUsageName(`usage${path.slice(from.length).replaceAll('\\', '/')}`);
  if ((await stat(from).catch(() => null)) !== null)
    await cp(from, to, { recursive: true, filter: isWanted });
}

/** The ids and names of what was deleted, where anything was. */
async function copyRetired(dataDir: string, folder: string): Promise<void> {
  const [from, to] = [join(dataDir, RETIRED_NAME), join(folder, RETIRED_NAME)];
  if (!(await exists(from))) return;
  await mkdir(dirname(to), { recursive: true, mode: PRIVATE_FOLDER });
  await copyFile(from, to);
}

/**
 * Makes a backup in a file that does not exist yet, and reads it back.
 * @throws the system's error, or ArchiveProblem where it cannot be read back; there is no file then
 */
export async function writeBackup(parts: ArchiveParts, target: string): Promise<BackupSummary> {
  const { dataDir, store, usage, clock, version, run } = parts;
  return inWorkFolder(dataDir, async (work) => {
    const folder = join(work, 'content');
    await usage.freeze(async (counted) => {
      await writeDocument(join(folder, 'config'), store.current);
      await copyUsage(counted, join(folder, 'usage'));
    });
    await copyRetired(dataDir, folder);
    const createdAt = new Date(clock.now()).toISOString();
    const order = { folder, target, createdAt, version };
    const { manifest } = await run({ kind: 'pack', order, proof: join(work, 'proof') });
    return summaryOf(manifest);
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function refusal(file: string): ProxyError {
  return new ProxyError('conflict', `${file} exists already; --force replaces it`);
}

/**
 * Makes a backup under a name of somebody's choice; it is there whole, or not at all.
 * @param force replaces a file of that name
 * @throws ProxyError `conflict` where there is one, and what `writeBackup` throws
 */
export async function writeBackupTo(
  parts: ArchiveParts,
  file: string,
  force: boolean,
): Promise<BackupSummary> {
  if (!force && (await exists(file))) throw refusal(file);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const summary = await writeBackup(parts, temporary);
    if (force) await rename(temporary, file);
    else await place(temporary, file);
    await syncFolder(dirname(file));
    return summary;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A link fails where the name is taken, also by somebody who came a moment ago. Not every file system has links. */
async function place(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST' || (await exists(file))) throw refusal(file);
    await rename(temporary, file);
  }
}

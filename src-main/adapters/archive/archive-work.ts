import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from '../../contract/document.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, type WriteCalls } from '../document/durable-write.ts';
import { checkUsage, documentOf } from './check-contents.ts';
import { MANIFEST_NAME, type Manifest } from './manifest.ts';
import { describe, type PackOrder, packFolder } from './pack.ts';
import { unpack } from './unpack.ts';

/** Work on backups that takes long enough to be done in a thread of its own. */
export type ArchiveTask =
  /** Makes a backup of a folder and reads it back; `proof` is a folder to unpack it into. */
  | { readonly kind: 'pack'; readonly order: PackOrder; readonly proof: string }
  /** Unpacks a backup into an empty folder and checks all of it. */
  | { readonly kind: 'unpack'; readonly archive: string; readonly folder: string };

/** What a backup was found to hold. */
export interface Unpacked {
  readonly manifest: Manifest;
  /** `null` after packing, where whoever asked has it. */
  readonly document: Document | null;
}

/** @throws ArchiveProblem where it is no whole backup; the system's error */
export async function doArchiveTask(task: ArchiveTask, calls?: WriteCalls): Promise<Unpacked> {
  if (task.kind === 'unpack') return unpackChecked(task.archive, task.folder);
  const { order, proof } = task;
  const manifest = await describe(order);
  await writeFile(join(order.folder, MANIFEST_NAME), JSON.stringify(manifest), { mode: PRIVATE_FILE });
  await packFolder(order, manifest, calls);
  try {
    await unpackChecked(order.target, proof);
    return { manifest, document: null };
  } catch (error) {
    await rm(order.target, { force: true });
    throw error;
  }
}

async function unpackChecked(archive: string, folder: string): Promise<Unpacked> {
  await mkdir(folder, { mode: PRIVATE_FOLDER });
  const manifest = await unpack(archive, folder);
  const document = await documentOf(folder);
  await checkUsage(folder, manifest);
  return { manifest, document };
}

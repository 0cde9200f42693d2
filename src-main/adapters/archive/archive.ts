import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ProxyError } from '../../contract/errors.ts';
import type { Archive, BackupSummary, MadeBackup, RestoreSummary } from '../../core/control-ports.ts';
import { openRetiredIds } from '../retired-ids.ts';
import { type ArchiveParts, makeWorkFolder, workFolderOf } from './archive-parts.ts';
import { inArchiveThread } from './archive-thread.ts';
import { RETIRED_NAME } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { toldError } from './storage-error.ts';
import { writeBackup, writeBackupTo } from './write-backup.ts';

const NOT_MADE = 'the backup could not be made';
const NOT_RESTORED = 'nothing was restored';

/** Backups as files. */
export class FileArchive implements Archive {
  readonly #parts: ArchiveParts;
  #isBusy = false;

  constructor(parts: ArchiveParts) {
    this.#parts = parts;
  }

  create(): Promise<MadeBackup> {
    return this.#alone(NOT_MADE, async () => {
      const folder = await makeWorkFolder(this.#parts.dataDir);
      try {
        const path = join(folder, 'backup.tar.gz');
        const summary = await writeBackup(this.#parts, path);
        return { summary, packedBytes: (await stat(path)).size, content: readOnce(path, folder) };
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    });
  }

  /** As {@link writeBackupTo}. @throws ProxyError */
  createAt(file: string, force: boolean): Promise<BackupSummary> {
    return this.#alone(NOT_MADE, () => writeBackupTo(this.#parts, file, force));
  }

  restore(archive: AsyncIterable<Uint8Array>): Promise<RestoreSummary> {
    return this.#alone(NOT_RESTORED, () => restoreBackup(this.#parts, archive));
  }

  /** One at a time: each needs twice the room of the data, and a backup of a half-restored state is none. */
  async #alone<T>(failed: string, work: () => Promise<T>): Promise<T> {
    if (this.#isBusy)
      throw new ProxyError('conflict', 'A backup is being made or restored; try again later.');
    this.#isBusy = true;
    try {
      return await work();
    } catch (error) {
      throw toldError(error, failed);
    } finally {
      this.#isBusy = false;
    }
  }
}

/** The file's content; its folder goes when it has been read, or when nobody wants it any more. */
function readOnce(path: string, folder: string): ReadableStream<Uint8Array> {
  const stream = createReadStream(path);
  stream.once('close', () => void rm(folder, { recursive: true, force: true }));
  // Node's own type of the same class.
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}

/** Opens the archive of a data folder that is this process's alone, and removes what an earlier one left half done. */
export async function openArchive(
  parts: Omit<ArchiveParts, 'run' | 'retired'> & Partial<ArchiveParts>,
): Promise<FileArchive> {
  // What cannot be removed now is removed at a later start; a backup says itself why it cannot be made.
  await rm(workFolderOf(parts.dataDir), { recursive: true, force: true }).catch(() => undefined);
  const retired = parts.retired ?? (await openRetiredIds(join(parts.dataDir, RETIRED_NAME)));
  return new FileArchive({ run: inArchiveThread, ...parts, retired });
}

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileArchive } from '../../src-main/adapters/archive/archive.ts';
import { openArchive } from '../../src-main/adapters/archive/archive.ts';
import type { ArchiveParts } from '../../src-main/adapters/archive/archive-parts.ts';
import { systemClock } from '../../src-main/adapters/system-clock.ts';
import type { DocumentStore } from '../../src-main/core/ports.ts';
import { encodeTable } from '../../src-main/core/usage/usage-file.ts';
import { EMPTY_TABLE } from '../../src-main/core/usage/usage-table.ts';
import type { CleanUp } from './clean-up.ts';
import { folderUsage } from './folder-usage.ts';
import { testStore } from './test-store.ts';

/** A data folder with a store and an archive. */
export interface ArchiveRoom {
  readonly dataDir: string;
  readonly store: DocumentStore;
  readonly archive: FileArchive;
  /** Writes a file of the statistics, one in which nothing was counted unless it is said otherwise. */
  count(name: string, content?: string): Promise<void>;
  /** Everything that a restore may change: the document, and the statistics' files. */
  state(): Promise<unknown>;
  /** Names of all files below the data folder, but the store's own backups, which it makes when it finds the time. */
  files(): Promise<readonly string[]>;
}

async function contentsOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files
    .sort()
    .map(async (path) => [path.slice(folder.length), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

/** Makes one. @param override parts that a test wants to fail */
export async function archiveRoom(
  cleanUp: CleanUp,
  override: Partial<ArchiveParts> | ((dataDir: string) => Partial<ArchiveParts>) = {},
): Promise<ArchiveRoom> {
  const folder = await testStore(cleanUp);
  const { store } = await folder.open();
  const { dataDir } = folder;
  const archive = await openArchive({
    dataDir,
    store,
    usage: await folderUsage(dataDir),
    clock: systemClock,
    version: '1.2.3',
    ...(typeof override === 'function' ? override(dataDir) : override),
  });
  return {
    dataDir,
    store,
    archive,
    async count(name, content = EMPTY_PERIOD) {
      const path = join(dataDir, 'usage', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    },
    state: async () => ({ document: store.current, usage: await contentsOf(join(dataDir, 'usage')) }),
    files: async () =>
      (await readdir(dataDir, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
        .filter((name) => !name.startsWith(join('config', 'backups')))
        .sort(),
  };
}

/** The statistics of an hour without requests. */
export const EMPTY_PERIOD: string = JSON.stringify(
  encodeTable(
    {
      time_zone: 'Asia/Shanghai',
      start: '2026-11-21T10:00:00+08:00',
      end: '2026-11-21T11:00:00+08:00',
      commit: 1,
      log_offset: {},
    },
    EMPTY_TABLE,
  ),
);

/** All bytes of a stream. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A stream of these bytes, in pieces. */
export async function* streamOf(bytes: Uint8Array, pieceBytes = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

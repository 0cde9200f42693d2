import { openArchive } from './adapters/archive/archive.ts';
import { inWorkFolder, type StoredUsage } from './adapters/archive/archive-parts.ts';
import { importUploaded } from './adapters/document/import-uploaded.ts';
import type { AdminContext } from './admin/admin-context.ts';
import type { AppOptions } from './app-options.ts';
import type { Archive, RetiredIds } from './core/control-ports.ts';
import type { AppLog, Clock, DocumentStore } from './core/ports.ts';
import { PLATFORMS } from './platforms/registry.ts';

export interface UpkeepParts {
  readonly options: AppOptions;
  readonly store: DocumentStore;
  readonly usage: StoredUsage;
  readonly retired: RetiredIds;
  readonly clock: Clock;
  readonly log: Pick<AppLog, 'info'>;
  /** Of this program. */
  readonly version: string;
}

/** What keeps a program well over the years: backups, imports, an orderly end. */
export interface Upkeep extends Pick<AdminContext, 'archive' | 'importFiles' | 'shutdown'> {
  /** Resolves when an admin wants the program to end. */
  readonly shutdownAsked: Promise<void>;
}

/** The same archive, whose restores leave a line in the program's log: they change everything at once. */
const told = (archive: Archive, log: UpkeepParts['log']): Archive => ({
  create: () => archive.create(),
  async restore(content) {
    const summary = await archive.restore(content);
    const { created_at, files, size_bytes, previous } = summary;
    log.info('a backup was restored', {
      made: created_at,
      files,
      size_bytes,
      previous: previous ?? undefined,
    });
    return summary;
  },
});

/** Opens it for a data folder that is this process's alone. */
export async function openUpkeep({ options, log, ...parts }: UpkeepParts): Promise<Upkeep> {
  const { dataDir } = options;
  const { promise: shutdownAsked, resolve: shutdown } = Promise.withResolvers<void>();
  const importing = { store: parts.store, platforms: PLATFORMS };
  return {
    archive: told(await openArchive({ dataDir, ...parts }), log),
    importFiles: (files) => inWorkFolder(dataDir, (folder) => importUploaded(files, folder, importing)),
    shutdown,
    shutdownAsked,
  };
}

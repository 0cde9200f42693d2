import { chmod, mkdir } from 'node:fs/promises';
import { ConfigurationError, findingLine } from '../../contract/configuration-error.ts';
import type { Document } from '../../contract/document.ts';
import { plainReason } from '../../core/disk-words.ts';
import type { Platform } from '../../core/platform.ts';
import type { AppLog, Clock, DocumentStore } from '../../core/ports.ts';
import { findingsOf } from './assemble.ts';
import { Backups } from './backups.ts';
import { Configuration } from './configuration.ts';
import { DiskView } from './disk-view.ts';
import { modeOf, PRIVATE_FILE, PRIVATE_FOLDER, type WriteCalls, writeDurably } from './durable-write.ts';
import { FileWatch } from './file-watch.ts';
import { lockWherePossible } from './folder-lock.ts';
import { findLayout, type Layout } from './layout.ts';
import { LowdbStore } from './lowdb-store.ts';
import { platformFacts } from './platform-facts.ts';
import { type Loaded, StartLoad, type StartTools } from './start-load.ts';
import { TextEngine } from './text-engine.ts';

export interface OpenOptions {
  /** Absolute. Locked for this process until `close`. */
  readonly dataDir: string;
  /** A folder or file in place of the data folder's `config/`; absolute. */
  readonly configPath: string | null;
  readonly clock: Clock;
  readonly log: AppLog;
  readonly platforms: readonly Platform[];
  /** Whether an address is one of our own listeners, which no channel may point at. */
  isSelf?(hostname: string, port: number): boolean;
  /** Takes the place of the system's calls where a failing disk is tried out. */
  readonly writeCalls?: WriteCalls;
}

export interface OpenedStore {
  /** Its `close` waits for what is being written, then gives the folder free. */
  readonly store: DocumentStore;
  /** Lines an admin should read: what was recovered, unknown keys, … */
  readonly notices: readonly string[];
  /** Nobody can use it yet: no user, no key, no admin token. The first start's records are to be made. */
  readonly isNew: boolean;
}

const DEFAULT_RELOAD_S = 300;
/** `aiproxy check` shows all of them. */
const MOST_WARNINGS = 20;

/**
 * Opens the configuration for this process alone.
 * @throws ConfigurationError with one line for people: folder in use, file invalid or of a newer version
 */
export async function openDocumentStore(options: OpenOptions): Promise<OpenedStore> {
  await mkdir(options.dataDir, { recursive: true, mode: PRIVATE_FOLDER });
  const { release, notice } = await lockWherePossible(options.dataDir);
  const engine = new TextEngine();
  try {
    const opened = await openLocked(options, engine, release);
    return notice === null ? opened : { ...opened, notices: [notice, ...opened.notices] };
  } catch (error) {
    await engine.close();
    await release();
    throw error;
  }
}

async function openLocked(
  options: OpenOptions,
  engine: TextEngine,
  release: () => Promise<void>,
): Promise<OpenedStore> {
  const { clock, log } = options;
  const rules = platformFacts(options.platforms, options.isSelf);
  const layout = await findLayout(options.dataDir, options.configPath);
  if (layout.own) await makePrivate(layout.folder);
  const backups = new Backups(layout.backups);
  const loaded = await load(layout, options, { engine, backups, rules });
  const disk = new DiskView(engine, layout.own);
  for (const { path } of layout.slots) await disk.note(path, loaded.contents.get(path)?.hash ?? null);
  const configuration = new Configuration(layout, loaded.contents, loaded.assembly, {
    engine,
    disk,
    rules,
    log,
    calls: options.writeCalls,
  });
  const store = new LowdbStore(loaded.assembly.document, { configuration, disk, backups, rules, clock, log });
  // The start need not wait for this; changes do, and so does the end.
  void store.backUp();
  const watch = new FileWatch({
    folder: layout.folder,
    clock,
    log,
    thoroughEveryMs: () => (store.current.system.config_reload_interval ?? DEFAULT_RELOAD_S) * 1000,
    look: (thorough) => store.refresh(thorough),
  });
  store.onClose(async () => {
    watch.close();
    await engine.close();
    await release();
  });
  const warnings = await findingsOf(loaded.assembly.issues.slice(0, MOST_WARNINGS), engine);
  const notices = [...emptyNotice(layout, loaded), ...loaded.notices, ...warnings.map(findingLine)];
  return { store, notices, isNew: isUnused(store.current) && store.readOnly === null };
}

/** A folder somebody named, in which there is nothing yet, may be a slip of the pen. */
const emptyNotice = (layout: Layout, loaded: Loaded): string[] =>
  layout.own || loaded.contents.size > 0
    ? []
    : [`no configuration in ${layout.folder}: an empty one is begun there`];

async function makePrivate(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  } catch (error) {
    throw new ConfigurationError(
      `the configuration's folder ${folder} cannot be made: ${plainReason(error)}`,
      [],
      { cause: error },
    );
  }
  await chmod(folder, PRIVATE_FOLDER).catch(() => undefined);
}

type LoadTools = Pick<StartTools, 'engine' | 'backups' | 'rules'>;

function load(layout: Layout, options: OpenOptions, tools: LoadTools): Promise<Loaded> {
  const restore = async (path: string, data: Uint8Array): Promise<void> =>
    writeDurably(path, data, layout.own ? PRIVATE_FILE : await modeOf(path), options.writeCalls);
  return new StartLoad({ ...tools, nowMs: options.clock.now(), restore }).load(layout);
}

function isUnused({ users, proxy_keys, system }: Document): boolean {
  const isEmpty = Object.keys(users).length + Object.keys(proxy_keys).length === 0;
  return isEmpty && system.admin_token_hash === undefined;
}

import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { DOCUMENT_FILES, MAP_SECTIONS, type SectionName } from '../../contract/document.ts';
import { formatOf } from './config-file.ts';

/** A file that may hold sections, and the sections that are put there unless they already stand elsewhere. */
export interface Slot {
  readonly path: string;
  readonly sections: readonly SectionName[];
}

/** Which files a configuration consists of. */
export interface Layout {
  readonly folder: string;
  /** Whether it is the data folder's own; files elsewhere belong to the admin, rights included. */
  readonly own: boolean;
  readonly slots: readonly Slot[];
  readonly backups: string;
}

/** All sections of a document. */
export const ALL_SECTIONS: readonly SectionName[] = [...MAP_SECTIONS, 'system'];

const EXTENSIONS = ['.json', '.yaml', '.yml'] as const;
// What else a folder given with --config may hold: everything in one file, or the older system's pair.
const FURTHER = [/^(config|aiproxy)\.(json|ya?ml)$/i, /^api_keys\.json$/i, /^channels_config\.json$/i];

function slotFor(folder: string, base: string, names: readonly string[], fallback: string): string {
  const present = EXTENSIONS.map((extension) => base + extension).filter((name) => names.includes(name));
  if (present.length > 1) {
    throw ConfigurationError.inFile(
      join(folder, present[0] ?? base),
      `${present[1]} exists as well; keep one of them`,
    );
  }
  return join(folder, present[0] ?? base + fallback);
}

async function folderSlots(folder: string, own: boolean): Promise<Slot[]> {
  const names = await readdir(folder).catch(() => []);
  const bases = Object.keys(DOCUMENT_FILES).map(baseOf);
  const present = bases.flatMap((base) =>
    names.filter((name) => EXTENSIONS.some((end) => name === base + end)),
  );
  const fallback = present[0] === undefined ? '.json' : extname(present[0]);
  const slots = Object.entries(DOCUMENT_FILES).map(([file, sections]) => ({
    path: slotFor(folder, baseOf(file), names, fallback),
    sections: [...sections],
  }));
  const further = own ? [] : names.filter((name) => FURTHER.some((pattern) => pattern.test(name)));
  return [...slots, ...further.map((name) => ({ path: join(folder, name), sections: [] }))];
}

function baseOf(name: string): string {
  return basename(name, extname(name));
}

/**
 * Finds the files of the configuration: the data folder's `config/`, or what `--config` names.
 * @throws ConfigurationError where `configPath` does not exist, or a file is there in two formats
 */
export async function findLayout(dataDir: string, configPath: string | null): Promise<Layout> {
  const home = join(dataDir, 'config');
  const path = configPath ?? home;
  const own = path === home;
  const found = await stat(path).catch(() => null);
  if (found === null && !own) throw ConfigurationError.inFile(path, 'no such file or folder');
  const mark = createHash('sha256').update(path).digest('hex').slice(0, 12);
  const backups = own ? join(home, 'backups') : join(home, 'backups', mark);
  if (own && found?.isDirectory() === false) {
    const message = 'a file stands where the folder of the configuration should be: move it away';
    throw ConfigurationError.inFile(path, message);
  }
  if (found?.isFile() !== true) return { folder: path, own, slots: await folderSlots(path, own), backups };
  if (formatOf(path) === null) throw ConfigurationError.inFile(path, 'must end in .json, .yaml or .yml');
  return { folder: dirname(path), own, slots: [{ path, sections: ALL_SECTIONS }], backups };
}

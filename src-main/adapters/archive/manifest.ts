import { z } from 'zod';
import { DOCUMENT_FILES } from '../../contract/document.ts';
import { Time } from '../../contract/values.ts';
import { parsePeriodFileName } from '../../core/usage/period-name.ts';
import { ArchiveProblem } from './archive-problem.ts';

/** The version of the layout of a backup that this program writes; it refuses a higher one. */
export const ARCHIVE_FORMAT = 1;

/** The first file of a backup. It tells all the others, so that nothing is unpacked that was not announced. */
export const MANIFEST_NAME = 'manifest.json';

const MEBIBYTE = 1024 * 1024;
/** A backup as a file, packed. */
export const MOST_PACKED_BYTES = 1024 * MEBIBYTE;
/** All that a backup holds, unpacked. */
export const MOST_UNPACKED_BYTES = 4096 * MEBIBYTE;
/** Room for a manifest of so many files. */
export const MOST_MANIFEST_BYTES = 32 * MEBIBYTE;
const MOST_FILES = 100_000;

/** The files of the document within a backup; each has to be there. */
export const CONFIG_FILES: readonly string[] = Object.keys(DOCUMENT_FILES).map((name) => `config/${name}`);

/** The ids and names of deleted records within a backup, as in the data folder; older backups have none. */
export const RETIRED_NAME = 'state/retired-ids.jsonl';

const USAGE = 'usage/';

/** Whether a backup may hold a file of this name as statistics: that of an hour, a day or a month. */
export function isUsageName(path: string): boolean {
  return path.startsWith(USAGE) && parsePeriodFileName(path.slice(USAGE.length)) !== null;
}

const isContentName = (path: string): boolean =>
  CONFIG_FILES.includes(path) || path === RETIRED_NAME || isUsageName(path);

const FileFacts = z.strictObject({
  path: z.string().refine(isContentName, 'is no file of a backup'),
  size_bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const Manifest = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  created_at: Time,
  /** Of the program that made it. */
  version: z.string().max(64),
  files: z.array(FileFacts).max(MOST_FILES),
});
export type Manifest = z.infer<typeof Manifest>;
export type FileFacts = Manifest['files'][number];

/** What a backup holds, in bytes, unpacked. */
export function totalBytes(files: readonly FileFacts[]): number {
  return files.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
}

/** @throws ArchiveProblem for what is no manifest, or one of a newer format */
export function parseManifest(text: string): Manifest {
  const found = parseJson(text);
  const format: unknown = Object(found).format;
  if (typeof format === 'number' && format > ARCHIVE_FORMAT) {
    throw new ArchiveProblem(
      `it has format ${format}, of a newer AIProxy; this one reads up to ${ARCHIVE_FORMAT}`,
    );
  }
  const { data, error } = Manifest.safeParse(found);
  if (data === undefined) {
    const [issue] = error.issues;
    throw new ArchiveProblem(`its manifest is not valid: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  checkList(data.files);
  return data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ArchiveProblem('its manifest is no JSON');
  }
}

function checkList(files: readonly FileFacts[]): void {
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size < files.length) throw new ArchiveProblem('its manifest names a file twice');
  const missing = CONFIG_FILES.find((path) => !paths.has(path));
  if (missing !== undefined) throw new ArchiveProblem(`its manifest does not name ${missing}`);
  if (totalBytes(files) > MOST_UNPACKED_BYTES) {
    throw new ArchiveProblem(`it holds more than ${MOST_UNPACKED_BYTES / MEBIBYTE} MiB`);
  }
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { create } from 'tar';
import { PRIVATE_FILE, REAL_WRITE_CALLS, type WriteCalls } from '../document/durable-write.ts';
import { ARCHIVE_FORMAT, type FileFacts, MANIFEST_NAME, type Manifest } from './manifest.ts';

const READ_BYTES = 256 * 1024;
/** Statistics become a quarter of their size; a fifth, as with the default, takes six times as long. */
const GZIP_LEVEL = 1;

/** All files below a folder, as a backup names them, in a stable order. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

async function factsOf(folder: string, path: string): Promise<FileFacts> {
  const sha256 = createHash('sha256');
  await pipeline(createReadStream(join(folder, path)), sha256);
  return { path, size_bytes: (await stat(join(folder, path))).size, sha256: sha256.digest('hex') };
}

/** What is to be packed, and where. */
export interface PackOrder {
  /** Holds what the backup is to hold; the manifest is added to it. */
  readonly folder: string;
  /** A file that does not exist yet. */
  readonly target: string;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Of this program. */
  readonly version: string;
}

/** Tells the files of a folder, each with its checksum. */
export async function describe({ folder, createdAt, version }: PackOrder): Promise<Manifest> {
  const files: FileFacts[] = [];
  for (const path of await filesBelow(folder)) files.push(await factsOf(folder, path));
  return { format: ARCHIVE_FORMAT, created_at: createdAt, version, files };
}

/**
 * Writes a folder that has its manifest into one file, for its owner alone, and onto the disk.
 * @throws the system's error; then there is no file
 */
export async function packFolder(
  { folder, target }: PackOrder,
  { files }: Manifest,
  calls: WriteCalls = REAL_WRITE_CALLS,
): Promise<void> {
  const names = [MANIFEST_NAME, ...files.map(({ path }) => path)];
  const tar = create(
    { cwd: folder, portable: true, strict: true, noDirRecurse: true, maxReadSize: READ_BYTES },
    names,
  );
  const handle = await calls.open(target, 'wx', PRIVATE_FILE);
  try {
    await pipeline(
      Readable.from(tar),
      createGzip({ level: GZIP_LEVEL }),
      (packed: AsyncIterable<Uint8Array>) => handle.writeFile(packed),
    );
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(target, { force: true });
    throw error;
  }
}

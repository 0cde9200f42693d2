import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../document/durable-write.ts';
import { ArchiveProblem } from './archive-problem.ts';
import {
  type FileFacts,
  MANIFEST_NAME,
  type Manifest,
  MOST_MANIFEST_BYTES,
  MOST_UNPACKED_BYTES,
  parseManifest,
  totalBytes,
} from './manifest.ts';

const CHUNK_BYTES = 64 * 1024;
/** Tar's own blocks, padding and long names come on top of what the files hold. */
const MOST_STREAM_BYTES = MOST_UNPACKED_BYTES + MOST_MANIFEST_BYTES + 256 * 1024 * 1024;
/** The parser keeps what follows the end; other programs fill their last block. */
const MOST_BEHIND_END_BYTES = 64 * 1024;

/** Takes one entry after the other and trusts none: only what the manifest announced is written. */
class Unpacking {
  readonly #folder: string;
  readonly #freeBytes: number;
  #manifest: Manifest | null = null;
  #expected = new Map<string, FileFacts>();
  #open: number | null = null;

  constructor(folder: string, freeBytes: number) {
    this.#folder = folder;
    this.#freeBytes = freeBytes;
  }

  /** Called with each entry; its data is taken as it comes, so nothing piles up. */
  take(entry: ReadEntry): void {
    const { path, type, size } = entry;
    if (type !== 'File') throw new ArchiveProblem(`it holds ${named(path)}, which is no plain file`);
    if (this.#manifest === null) this.#takeManifest(entry);
    else {
      const facts = this.#expected.get(path);
      if (facts === undefined)
        throw new ArchiveProblem(`it holds ${named(path)}, which its manifest does not name`);
      if (facts.size_bytes !== size)
        throw new ArchiveProblem(`${path} has another size than its manifest says`);
      this.#expected.delete(path);
      this.#takeFile(entry, facts);
    }
  }

  /** Lets go of the file it was writing. */
  close(): void {
    if (this.#open !== null) closeSync(this.#open);
    this.#open = null;
  }

  /** @throws ArchiveProblem where anything is missing */
  finish(): Manifest {
    const [missing] = this.#expected.keys();
    if (this.#manifest === null) throw new ArchiveProblem('it has no manifest');
    if (missing !== undefined) throw new ArchiveProblem(`${missing} is missing`);
    return this.#manifest;
  }

  #takeManifest(entry: ReadEntry): void {
    if (entry.path !== MANIFEST_NAME || entry.size > MOST_MANIFEST_BYTES) {
      throw new ArchiveProblem(`it does not begin with ${MANIFEST_NAME}`);
    }
    const chunks: Uint8Array[] = [];
    entry.on('data', (chunk: Uint8Array) => void chunks.push(chunk));
    entry.on('end', () => {
      const manifest = parseManifest(Buffer.concat(chunks).toString('utf8'));
      if (totalBytes(manifest.files) > this.#freeBytes)
        throw new ArchiveProblem('it needs more room than the disk has');
      this.#manifest = manifest;
      this.#expected = new Map(manifest.files.map((facts) => [facts.path, facts]));
    });
  }

  #takeFile(entry: ReadEntry, { path, sha256 }: FileFacts): void {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true, mode: PRIVATE_FOLDER });
    const file = openSync(target, 'wx', PRIVATE_FILE);
    this.#open = file;
    const sum = createHash('sha256');
    entry.on('data', (chunk: Uint8Array) => {
      sum.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    });
    entry.on('end', () => {
      this.close();
      if (sum.digest('hex') !== sha256)
        throw new ArchiveProblem(`${path} has another content than its manifest says`);
    });
  }
}

/** A name out of a foreign file, fit for a message of one line. */
const named = (path: string): string => JSON.stringify(path.slice(0, 200));

/**
 * Unpacks a backup into an empty folder and compares every file with the manifest. Names, kinds and sizes are checked
 * before anything is written; links and devices do not exist here.
 * @throws ArchiveProblem where it is not whole; the folder may then hold a part of it
 */
export async function unpack(archive: string, folder: string): Promise<Manifest> {
  const { bavail, bsize } = await statfs(folder);
  const unpacking = new Unpacking(folder, bavail * bsize);
  try {
    await pipeline(createReadStream(archive), createGunzip({ chunkSize: CHUNK_BYTES }), (chunks) =>
      parse(chunks, unpacking),
    );
  } catch (error) {
    throw isOfZlib(error) ? new ArchiveProblem('it is damaged, or no backup at all') : error;
  } finally {
    unpacking.close();
  }
  return unpacking.finish();
}

async function parse(chunks: AsyncIterable<Uint8Array>, unpacking: Unpacking): Promise<void> {
  const failures: unknown[] = [];
  const fail = (error: unknown): void => void failures.push(error);
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: ReadEntry) => unpacking.take(entry));
  parser.on('ignoredEntry', (entry: ReadEntry) =>
    fail(new ArchiveProblem(`it holds ${named(entry.path)}, which is no plain file`)),
  );
  parser.on('error', (error: Error) => fail(new ArchiveProblem(`it is damaged: ${error.message}`)));
  let length = 0;
  let most = MOST_STREAM_BYTES;
  parser.on('eof', () => {
    most = length + MOST_BEHIND_END_BYTES;
  });
  for await (const chunk of chunks) {
    if (length === 0) checkBeginning(chunk);
    length += chunk.length;
    if (length > most) throw new ArchiveProblem('it holds more than a backup may');
    parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    for (const failure of failures) throw failure;
  }
  parser.end();
  for (const failure of failures) throw failure;
}

/** The parser would unpack once more what is packed twice, and without our bounds. */
function checkBeginning(chunk: Uint8Array): void {
  if (!Buffer.from(chunk).subarray(0, MANIFEST_NAME.length).equals(Buffer.from(MANIFEST_NAME))) {
    throw new ArchiveProblem(`it does not begin with ${MANIFEST_NAME}`);
  }
}

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));

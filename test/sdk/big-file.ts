import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { tempFolder } from '../support/temp-folder.ts';

const PIECE_BYTES = 1024 * 1024;

/** A file to upload, and what must arrive of it. */
export interface BigFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Writes bytes that repeat nowhere, so that a lost, doubled or swapped piece changes the hash. */
async function write(path: string, pieces: number): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  for (let number = 0; number < pieces; number++) {
    const piece = Buffer.alloc(PIECE_BYTES, createHash('sha256').update(String(number)).digest());
    hash.update(piece);
    await file.write(piece);
  }
  await file.close();
  return hash.digest('hex');
}

/** Makes a file of that many MiB for the tests of the enclosing `describe`, and removes it after them. */
export function useBigFile(mebibytes: number): () => BigFile {
  const cleanUp = createCleanUp();
  let file: BigFile | null = null;
  beforeAll(async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const path = join(folder.path, 'big.bin');
    file = {
      path,
      name: 'big.bin',
      sizeBytes: mebibytes * PIECE_BYTES,
      sha256: await write(path, mebibytes),
    };
  });
  afterAll(cleanUp.run);
  return () => {
    if (file === null) throw new Error('the file exists only while its tests run');
    return file;
  };
}

import { readFile, stat } from 'node:fs/promises';
import { type FileRead, hashOf, readConfigFile, versioned } from './read-file.ts';
import type { TextEngine } from './text-engine.ts';

/** A file written so shortly before it was looked at may change again without its entry showing it. */
const RACY_MS = 100;

interface Seen {
  readonly signature: string;
  readonly hash: string | null;
}

/** Tells by inode, size, times and at last by hash whether files are still as they were last seen. */
export class DiskView {
  readonly #engine: TextEngine;
  readonly #own: boolean;
  readonly #seen = new Map<string, Seen>();

  /** @param own the files are those of the data folder, which are never legacy */
  constructor(engine: TextEngine, own: boolean) {
    this.#engine = engine;
    this.#own = own;
  }

  /** Remembers a file as it was just read or written; `null`: it is not there. */
  async note(path: string, hash: string | null): Promise<void> {
    this.#seen.set(path, { signature: await signatureOf(path), hash });
  }

  /**
   * Reads the files that are not what was last seen, and remembers them.
   * @param thorough looks at the content even where nothing seems to have changed
   */
  async changed(paths: readonly string[], thorough: boolean): Promise<Map<string, FileRead>> {
    const result = new Map<string, FileRead>();
    const signatures = await Promise.all(paths.map(signatureOf));
    for (const [index, path] of paths.entries()) {
      const signature = signatures[index] ?? '';
      const seen = this.#seen.get(path);
      if (!thorough && seen !== undefined && seen.signature === signature) continue;
      if (seen !== undefined && signature !== '' && (await hashOnDisk(path)) === seen.hash) {
        this.#seen.set(path, { signature, hash: seen.hash });
        continue;
      }
      const found = await readConfigFile(path, this.#engine);
      const read = this.#own ? versioned(found) : found;
      const hash = read.ok ? read.content.hash : read.hash;
      this.#seen.set(path, { signature, hash });
      if (seen === undefined ? hash !== null : hash !== seen.hash) result.set(path, read);
    }
    return result;
  }

  /** Makes the next look read this file again. */
  forget(path: string): void {
    const seen = this.#seen.get(path);
    if (seen !== undefined) this.#seen.set(path, { ...seen, signature: 'unknown' });
  }
}

async function hashOnDisk(path: string): Promise<string | null> {
  return readFile(path).then(hashOf, () => null);
}

async function signatureOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found === null) return '';
  const isRacy = Date.now() - found.mtimeMs < RACY_MS;
  return [found.ino, found.size, found.mtimeMs, found.ctimeMs, isRacy ? 'racy' : ''].join(' ');
}

import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { StartError } from '../../app-options.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** The bytes of a file. @throws StartError */
export async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    throw new StartError(`${path} cannot be read: ${code === 'ENOENT' ? 'no such file' : code}`, {
      cause: error,
    });
  }
}

/** For the owner only: what is written there are keys. */
const PRIVATE = 0o600;

async function newFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', PRIVATE);
  } catch (error) {
    const code = codeOf(error);
    const why =
      code === 'EEXIST'
        ? 'is there already; name a new file for the Proxy-Keys'
        : `cannot be written: ${code}`;
    throw new StartError(`${path} ${why}`, { cause: error });
  }
}

/**
 * Does something whose outcome goes into a new file. The file is made first, so that nothing is done whose outcome
 * could not be kept, and taken away again where there is none.
 * @param path `null`: into no file
 * @param contentOf what is written; `null` for nothing
 * @returns what was done, and whether something was written
 * @throws StartError where the file is there already, or cannot be written
 */
export async function intoNewFile<T>(
  path: string | null,
  work: () => Promise<T>,
  contentOf: (done: T) => string | null,
): Promise<{ readonly done: T; readonly isWritten: boolean }> {
  if (path === null) return { done: await work(), isWritten: false };
  const file = await newFile(path);
  let isWritten = false;
  try {
    const done = await work();
    const content = contentOf(done);
    if (content !== null) {
      await file.writeFile(content);
      await file.sync();
      isWritten = true;
    }
    return { done, isWritten };
  } finally {
    await file.close();
    if (!isWritten) await rm(path, { force: true });
  }
}

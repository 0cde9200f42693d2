import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { plainReason } from '../core/disk-words.ts';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

const MISMATCH = /key values mismatch/i;

/** The contents of a certificate (with its chain) and its key, both PEM. @throws where one cannot be read */
export const readTlsFiles = ({ cert, key }: TlsFiles) => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
});

/** Why a certificate and its key cannot be used, or `null`. */
export function tlsProblem(files: TlsFiles): string | null {
  for (const path of [files.cert, files.key]) {
    try {
      readFileSync(path);
    } catch (error) {
      return `${path} cannot be read: ${plainReason(error)}`;
    }
  }
  try {
    createSecureContext(readTlsFiles(files));
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `cannot be used: ${MISMATCH.test(reason) ? 'its key does not belong to it' : reason}`;
  }
}

const LOOK_EVERY_MS = 2_000;

/** Calls back when one of these files is replaced, as certificate tools do. @returns ends the watch */
export function watchFiles(paths: readonly string[], changed: () => void): () => void {
  for (const path of paths) watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, changed);
  return () => {
    for (const path of paths) unwatchFile(path, changed);
  };
}

import { ProxyError } from '../../contract/errors.ts';
import { ArchiveProblem } from './archive-problem.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such folder',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
};

/**
 * What is said of a failure while a backup is made or restored.
 * @param what was not done: `the backup could not be made`
 * @returns bugs as they are
 */
export function toldError(error: unknown, what: string): unknown {
  if (error instanceof ArchiveProblem)
    return new ProxyError('validation_failed', `${what}: ${error.message}`);
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error instanceof ProxyError) {
    // The store tells a failing disk as a fault, whose words would be kept from the admin.
    const isFault = error.code === 'internal_error' && error.cause instanceof Error;
    return isFault ? new ProxyError('storage_failed', `${what}: ${error.message}`, { cause: error }) : error;
  }
  const code = String(error.code);
  return new ProxyError('storage_failed', `${what}: ${REASONS[code] ?? code}`, { cause: error });
}

import { ProxyError } from '../../contract/errors.ts';
import { plainReason } from '../../core/disk-words.ts';
import { ArchiveProblem } from './archive-problem.ts';

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
    const isOfStore = error.code === 'storage_failed';
    return isOfStore
      ? new ProxyError('storage_failed', `${what}: ${error.message}`, { cause: error })
      : error;
  }
  const reason = error.code === 'ENOENT' ? 'no such folder' : plainReason(error);
  return new ProxyError('storage_failed', `${what}: ${reason}`, { cause: error });
}

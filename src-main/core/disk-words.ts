const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file may not become so large here',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'a folder stands where a file should be',
  EEXIST: 'it exists already',
  EMFILE: 'too many files are open in this process (ulimit -n)',
  ENFILE: 'too many files are open on this computer',
  EIO: 'the disk failed',
  ELOOP: 'its links lead in circles',
};

/** What a disk answers when it cannot be written just now; what is there can still be read. */
const UNWRITABLE: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EROFS',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'EIO',
]);

/** The system's code of an error such as `ENOSPC`; `null` for what is no system error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z0-9]+$/.test(error.code)
    ? error.code
    : null;
}

/** What a system error says, in plain words; the words of any other error. */
export function plainReason(error: unknown): string {
  const code = systemCode(error);
  if (code !== null) return REASONS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** Whether an error is what a disk or its file system answered. */
export const isDiskError = (error: unknown): boolean => Object.hasOwn(REASONS, systemCode(error) ?? '');

/** Whether an error says that the disk cannot be written, which a start survives. */
export const isUnwritable = (error: unknown): boolean => UNWRITABLE.has(systemCode(error) ?? '');

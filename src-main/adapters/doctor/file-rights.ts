import { stat } from 'node:fs/promises';
import { type DoctorFinding, findingsAbout } from './finding.ts';

const OTHERS = 0o077;

async function examineFile(path: string): Promise<DoctorFinding | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || (found.mode & OTHERS) === 0) return null;
  const mode = (found.mode & 0o777).toString(8).padStart(3, '0');
  const who = (found.mode & 0o007) === 0 ? 'its group' : 'every user of this computer';
  return findingsAbout('files', path).warning(
    `open to ${who} (mode ${mode}), and it may hold keys`,
    `chmod ${found.isDirectory() ? '700' : '600'} ${path}`,
  );
}

/** Files with secrets that others than their owner may use. Windows keeps rights in another way and is not looked at. */
export async function examineRights(paths: readonly string[]): Promise<DoctorFinding[]> {
  const about = findingsAbout('files', 'rights');
  if (process.platform === 'win32') return [about.info('not looked at on Windows')];
  const open = (await Promise.all(paths.map(examineFile))).filter((finding) => finding !== null);
  return open.length > 0 ? open : [about.ok(`${paths.length} files, their owner's alone`)];
}

import type { FolderHolder } from '../document/folder-lock.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

/** What the data folder's lock means for the next start. */
export function judgeLock(holder: FolderHolder): DoctorFinding {
  const about = findingsAbout('files', 'folder lock');
  if (holder.state === 'free') return about.ok('no AIProxy uses the data folder');
  const who = holder.pid === null ? 'a process' : `process ${holder.pid}`;
  return holder.state === 'held'
    ? about.ok(`AIProxy runs on the data folder: ${who}`)
    : about.info(`left behind by ${who}, which runs no more`, 'Nothing to do: the next start takes it over.');
}

import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderObstacles } from '../start-obstacles.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const LOW = GIB;
const TOO_LOW = 100 * MIB;
const DAY_MS = 86_400_000;
/** Log files of so many days tell how fast the log grows. */
const DAYS_MEASURED = 7;
const SHORTEST_DAYS = 14;

const sizeText = (bytes: number): string =>
  bytes < GIB ? `${(bytes / MIB).toFixed(bytes < 10 * MIB ? 1 : 0)} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;

/** What a disk has free; its figures are an argument so that thresholds can be told without filling one. */
export function judgeSpace(freeBytes: number): DoctorFinding {
  const about = findingsAbout('disk', 'free space');
  const found = `${sizeText(freeBytes)} free where the data folder lies`;
  const remedy = 'Make room, or shorten system.log_retention_days: what does not fit is not recorded.';
  if (freeBytes < TOO_LOW) return about.error(found, remedy);
  return freeBytes < LOW ? about.warning(found, remedy) : about.ok(found);
}

/** How long the disk lasts at the log's pace. @param files of the log, with their size and last change */
export function judgeGrowth(
  files: readonly { readonly sizeBytes: number; readonly changedMs: number }[],
  freeBytes: number,
  nowMs: number,
): DoctorFinding {
  const about = findingsAbout('disk', 'log growth');
  const whole = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const recent = files.filter(({ changedMs }) => nowMs - changedMs < DAYS_MEASURED * DAY_MS);
  const first = Math.min(nowMs, ...recent.map(({ changedMs }) => changedMs));
  const days = Math.max(1, Math.ceil((nowMs - first) / DAY_MS));
  const perDay = recent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / days;
  const lasts = perDay === 0 ? Number.POSITIVE_INFINITY : freeBytes / perDay;
  const found = `logs of ${sizeText(whole)}, ${sizeText(perDay)} a day lately`;
  if (lasts > SHORTEST_DAYS) return about.ok(found);
  return about.warning(
    `${found}: the disk is full in ${Math.floor(lasts)} days`,
    'Make room, or shorten system.log_retention_days.',
  );
}

/** A folder that is there: the one asked for, or what it would be made in. */
async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  const parent = dirname(path);
  return found !== null || parent === path ? path : nearestFolder(parent);
}

async function logFiles(folder: string) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl'));
  const stats = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
  return stats.flatMap((file) => (file === null ? [] : [{ sizeBytes: file.size, changedMs: file.mtimeMs }]));
}

async function examineFolder(dataDir: string, existing: string): Promise<DoctorFinding> {
  const about = findingsAbout('disk', 'data folder');
  const writable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!(await stat(existing)).isDirectory())
    return about.error(`${existing} is not a folder`, 'Name another one with --data-dir.');
  if (!writable)
    return about.error(
      `${existing} cannot be written by this user`,
      'Give it to the user that runs AIProxy, or name another folder with --data-dir.',
    );
  return existing === dataDir ? about.ok(dataDir) : about.info(`${dataDir} is made at the first start`);
}

/** The data folder, the space it has, and how fast its logs take it. Changes nothing. */
export async function examineDisk(dataDir: string, nowMs: number): Promise<DoctorFinding[]> {
  const existing = await nearestFolder(dataDir);
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  const about = findingsAbout('disk', 'data folder');
  const inTheWay = (await folderObstacles(dataDir, true)).filter(
    ({ place, severity }) => place !== dataDir && severity === 'error',
  );
  return [
    await examineFolder(dataDir, existing),
    ...inTheWay.map(({ place }) =>
      about.error(`${place} is a file where a folder should be`, 'Move it away; the start makes the folder.'),
    ),
    judgeSpace(free),
    judgeGrowth(await logFiles(join(dataDir, 'logs')), free, nowMs),
  ];
}

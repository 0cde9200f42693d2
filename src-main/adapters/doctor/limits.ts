import { readFile } from 'node:fs/promises';
import { type DoctorFinding, findingsAbout } from './finding.ts';

/** A connection from a client, and one to the platform. */
const DESCRIPTORS_PER_CONNECTION = 2;
/** Logs, the configuration, workers, listeners. */
const DESCRIPTORS_BESIDES = 64;

/** What Node's own report says about this process; without its look at the network, which takes time. */
export function ownReport(): unknown {
  // Node's types do not know this member yet.
  Object.assign(process.report, { excludeNetwork: true });
  return process.report.getReport();
}

/** A member of an object whose shape is not known. */
export const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** How many files a process may open. @param pid `null`: this one @returns `null` where the system sets no limit or does not tell */
async function openFilesLimit(pid: number | null): Promise<number | null> {
  const text = await readFile(`/proc/${pid ?? 'self'}/limits`, 'utf8').catch(() => '');
  const found = /^Max open files +(\d+)/m.exec(text)?.[1];
  if (found !== undefined) return Number(found);
  const soft = memberOf(memberOf(memberOf(ownReport(), 'userLimits'), 'open_files'), 'soft');
  return typeof soft === 'number' ? soft : null;
}

/** Whether so many connections may be open. */
export function judgeDescriptors(limit: number | null, maxConnections: number): DoctorFinding {
  const about = findingsAbout('limits', 'open files');
  if (limit === null) return about.ok('no limit that the system tells of');
  const needed = maxConnections * DESCRIPTORS_PER_CONNECTION + DESCRIPTORS_BESIDES;
  const found = `at most ${limit}; ${maxConnections} connections (system.max_connections) need ${needed}`;
  if (limit >= needed) return about.ok(found);
  return about.warning(
    found,
    `Raise it where AIProxy is started (ulimit -n ${needed}, or LimitNOFILE= in a systemd unit), or lower system.max_connections.`,
  );
}

/** The limit of open files against what `system.max_connections` may need. @param runningPid an AIProxy that runs, or `null` */
export async function examineDescriptors(
  maxConnections: number,
  runningPid: number | null,
): Promise<DoctorFinding> {
  return judgeDescriptors(await openFilesLimit(runningPid), maxConnections);
}

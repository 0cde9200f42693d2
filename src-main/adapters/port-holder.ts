import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** The state `LISTEN` in Linux's socket tables (proc(5), `/proc/net/tcp`). */
const LISTEN = '0A';

async function listeningInodes(port: number): Promise<ReadonlySet<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTEN && inode !== undefined && local?.endsWith(`:${hex}`) === true) inodes.add(inode);
    }
  }
  return inodes;
}

async function holdsOne(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const fd of await readdir(folder).catch(() => [])) {
    const target = await readlink(`${folder}/${fd}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

/** `node server.js` rather than the name of its thread: the program and the first argument that is no option. */
async function nameOf(pid: string): Promise<string> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program = '', ...rest] = line.split('\0').filter((part) => part !== '');
  const script = rest.find((part) => !part.startsWith('-'));
  return [program, script ?? '']
    .map((part) => basename(part))
    .join(' ')
    .trim();
}

/** The program that listens on a port, as `name (pid N)`; `null` where the system does not tell. */
export async function portHolder(port: number): Promise<string | null> {
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return null;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsOne(pid, inodes))) continue;
    return `${await nameOf(pid)} (pid ${pid})`;
  }
  return null;
}

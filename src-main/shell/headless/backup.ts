import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { type FileArchive, openArchive } from '../../adapters/archive/archive.ts';
import { forgetSessions } from '../../adapters/session-file.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { StartError } from '../../app-options.ts';
import { openStoppedUsage } from '../../stopped-usage.ts';
import { auditCommand } from './command-audit.ts';
import type { Invocation } from './invocation.ts';
import { type StoppedProgram, withStoppedProgram } from './stopped-program.ts';
import { EXIT, type Terminal } from './terminal.ts';
import { terminalLog } from './terminal-log.ts';

/** Lends the archive of a program that does not run. */
async function withArchive<T>(
  { store, where: { dataDir } }: StoppedProgram,
  terminal: Terminal,
  work: (archive: FileArchive) => Promise<T>,
): Promise<T> {
  const clock = systemClock;
  const usage = await openStoppedUsage({ dataDir, store, clock, log: terminalLog(terminal) });
  try {
    return await work(await openArchive({ dataDir, store, usage, clock, version: packageJson.version }));
  } finally {
    await usage.close();
  }
}

const files = (count: number): string => `${count} file${count === 1 ? '' : 's'}`;

/**
 * Puts configuration and statistics into one file.
 * @throws StartError where the file exists already, or it cannot be written
 */
export async function backup(invocation: Invocation, terminal: Terminal): Promise<number> {
  const file = resolve(terminal.cwd, invocation.files[0] ?? '');
  return withStoppedProgram(invocation, terminal, { instead: 'POST /api/v1/backup' }, async (program) => {
    const summary = await withArchive(program, terminal, (archive) =>
      archive.createAt(file, invocation.flags.has('force')),
    );
    const { files: count, size_bytes } = summary;
    await auditCommand(program, terminal, 'backup.create', { files: count, size_bytes });
    terminal.out(`Backed up ${files(count)} in ${file}, and read them back. It holds keys: keep it safe.\n`);
    return EXIT.ok;
  });
}

/** Opens the file before the data folder is begun. */
async function readable(path: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    const handle = await open(path);
    await handle.close();
    return createReadStream(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StartError(`${path} cannot be read: ${code === 'ENOENT' ? 'no such file' : code}`, {
      cause: error,
    });
  }
}

/**
 * Puts a backup in the place of configuration and statistics; in a new data folder too.
 * @throws StartError where it is not whole, and then nothing was changed
 */
export async function restore(invocation: Invocation, terminal: Terminal): Promise<number> {
  const content = await readable(resolve(terminal.cwd, invocation.files[0] ?? ''));
  const options = { instead: 'POST /api/v1/restore', mayBegin: true };
  return withStoppedProgram(invocation, terminal, options, async (program) => {
    const restored = await withArchive(program, terminal, (archive) => archive.restore(content));
    await forgetSessions(program.where.dataDir);
    await auditCommand(program, terminal, 'backup.restore', { ...restored });
    const token = restored.admin_token_changed ? ' Its admin token is valid again.' : '';
    const kept = restored.previous === null ? '' : ` What was there before is kept in ${restored.previous}.`;
    terminal.out(
      `Restored ${files(restored.files)} of the backup of ${restored.created_at}.${token}${kept}\n`,
    );
    return EXIT.ok;
  });
}

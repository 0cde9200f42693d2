import { resolve } from 'node:path';
import { type ImportResult, importLegacy } from '../../adapters/document/import-legacy.ts';
import { openDocumentStore } from '../../adapters/document/open-store.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import type { Invocation } from './invocation.ts';
import { locations } from './settings.ts';
import { EXIT, type Terminal } from './terminal.ts';
import { terminalLog } from './terminal-log.ts';

/**
 * Takes the files of the system that AIProxy replaces into the document; the files are only read.
 * @throws ConfigurationError with `file:line:column: reason`, and then nothing was imported
 */
export async function importFiles(invocation: Invocation, terminal: Terminal): Promise<number> {
  const where = locations(invocation, terminal);
  const log = terminalLog(terminal);
  const { store, notices } = await openDocumentStore({
    ...where,
    clock: systemClock,
    log,
    platforms: PLATFORMS,
  });
  try {
    const files = invocation.files.map((file) => resolve(terminal.cwd, file));
    const result = await importLegacy(files, { store, platforms: PLATFORMS });
    for (const line of [...notices, ...result.warnings]) terminal.err(`Note: ${line}\n`);
    terminal.out(`${summary(result)}\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

function summary({ counts }: ImportResult): string {
  const { users, proxy_keys, channels, system, skipped } = counts;
  const present =
    skipped === 0 ? '' : `; ${counted(skipped, 'record')} ${skipped === 1 ? 'was' : 'were'} there already`;
  const people = `${counted(users, 'user')}, ${counted(proxy_keys, 'Proxy-Key')}`;
  return `Imported ${people}, ${counted(channels, 'channel')} and ${counted(system, 'setting')}${present}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

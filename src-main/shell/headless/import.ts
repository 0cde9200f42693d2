import { resolve } from 'node:path';
import { type ImportResult, importLegacy } from '../../adapters/document/import-legacy.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { auditCommand } from './command-audit.ts';
import type { Invocation } from './invocation.ts';
import { withStoppedProgram } from './stopped-program.ts';
import { EXIT, type Terminal } from './terminal.ts';

/**
 * Takes the files of the system that AIProxy replaces into the document; the files are only read.
 * @throws ConfigurationError with `file:line:column: reason`, and then nothing was imported
 */
export async function importFiles(invocation: Invocation, terminal: Terminal): Promise<number> {
  const options = { instead: 'POST /api/v1/import', mayBegin: true };
  return withStoppedProgram(invocation, terminal, options, async (program) => {
    const files = invocation.files.map((file) => resolve(terminal.cwd, file));
    const result = await importLegacy(files, { store: program.store, platforms: PLATFORMS });
    for (const line of result.warnings) terminal.err(`Note: ${line}\n`);
    await auditCommand(program, terminal, 'document.import', result.counts);
    terminal.out(`${summary(result)}\n`);
    return EXIT.ok;
  });
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

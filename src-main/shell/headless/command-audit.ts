import { join } from 'node:path';
import { AUDIT_RETENTION_DAYS, createAuditLog } from '../../adapters/audit-log.ts';
import { LogSearch } from '../../adapters/log-search/log-search.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { redactText } from '../../core/redact.ts';
import { secretMatcher } from '../../core/secret-matcher.ts';
import type { StoppedProgram } from './stopped-program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Writes down what was done on the command line where the admin API writes down what was done over it. A log that
 * cannot be written does not undo what is done already: that is said instead.
 * @param details without secrets
 */
export async function auditCommand(
  { store, where }: StoppedProgram,
  terminal: Pick<Terminal, 'err'>,
  action: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const folder = join(where.dataDir, 'logs');
  const search = new LogSearch(folder, systemClock);
  const nothing = secretMatcher([]);
  const audit = createAuditLog({
    folder,
    clock: systemClock,
    mask: (text) => redactText(text, nothing),
    search,
    timeZone: store.current.system.time_zone,
    retentionDays: AUDIT_RETENTION_DAYS,
    onProblem: (message) => terminal.err(`Note: ${message}\n`),
  });
  try {
    await audit.append({ actor: { kind: 'command', address: null }, action, target: null, details });
  } finally {
    await audit.close();
    await search.close();
  }
}

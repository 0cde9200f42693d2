import { randomBytes } from 'node:crypto';
import { hashAdminToken } from '../../admin/admin-token.ts';
import { StartError } from '../../app-options.ts';
import { newAdminToken, SECRET_BYTES } from '../../core/new-secret.ts';
import type { DocumentStore } from '../../core/ports.ts';
import { auditCommand } from './command-audit.ts';
import type { Invocation } from './invocation.ts';
import { withStoppedProgram } from './stopped-program.ts';
import { EXIT, type Terminal, UsageError } from './terminal.ts';

/** A program that never started has no token to lose; and with one stored, its first start would not come any more. */
function refuseUntimely({ readOnly, current }: DocumentStore): void {
  if (readOnly !== null) {
    throw new StartError(`${readOnly}; until then set AIPROXY_ADMIN_TOKEN, which needs 16 characters`);
  }
  if (current.system.admin_token_hash === undefined) {
    throw new StartError('there is no admin token yet: the first start makes one and shows it');
  }
}

/**
 * Makes a new admin token in place of the stored one and prints it, this once.
 * @throws UsageError without `--reset`; StartError where a program runs, or there is nothing to replace
 */
export async function adminToken(invocation: Invocation, terminal: Terminal): Promise<number> {
  if (!invocation.flags.has('reset')) {
    throw new UsageError(
      'the admin token is stored as a hash and cannot be shown again; --reset makes a new one in its place',
    );
  }
  return withStoppedProgram(
    invocation,
    terminal,
    { instead: 'POST /api/v1/admin-token' },
    async (program) => {
      const { store } = program;
      refuseUntimely(store);
      const token = newAdminToken(randomBytes(SECRET_BYTES));
      await store.patchSystem({ admin_token_hash: hashAdminToken(token) });
      await auditCommand(program, terminal, 'admin_token.reset');
      terminal.err('The new admin token is shown this once; the old one is void.\n');
      terminal.out(`${token}\n`);
      return EXIT.ok;
    },
  );
}

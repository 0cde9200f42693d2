import { checkConfig } from '../../adapters/document/check-config.ts';
import { findingLine } from '../../contract/configuration-error.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import type { Invocation } from './invocation.ts';
import { locations } from './settings.ts';
import { EXIT, type Terminal } from './terminal.ts';

/**
 * Validates the configuration and changes nothing.
 * @returns the exit code: 1 where there is an error
 */
export async function check(invocation: Invocation, terminal: Terminal): Promise<number> {
  const where = locations(invocation, terminal);
  const findings = await checkConfig({ ...where, platforms: PLATFORMS });
  for (const finding of findings) {
    const message = finding.severity === 'warning' ? `warning: ${finding.message}` : finding.message;
    terminal.out(`${findingLine({ ...finding, message })}\n`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return EXIT.failed;
  terminal.out(`The configuration in ${where.configPath ?? where.dataDir} is valid.\n`);
  return EXIT.ok;
}

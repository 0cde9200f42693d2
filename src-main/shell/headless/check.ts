import { readConfig } from '../../adapters/document/check-config.ts';
import { startObstacles } from '../../adapters/start-obstacles.ts';
import { findingLine } from '../../contract/configuration-error.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import type { Invocation } from './invocation.ts';
import { locations } from './settings.ts';
import { EXIT, type Terminal } from './terminal.ts';

/**
 * Validates the configuration and looks for what else a start would run into; changes nothing.
 * @returns the exit code: 1 where there is an error
 */
export async function check(invocation: Invocation, terminal: Terminal): Promise<number> {
  const where = locations(invocation, terminal);
  const { findings, document } = await readConfig({ ...where, platforms: PLATFORMS, env: terminal.env });
  for (const finding of findings) {
    const message = finding.severity === 'warning' ? `warning: ${finding.message}` : finding.message;
    terminal.out(`${findingLine({ ...finding, message })}\n`);
  }
  const obstacles = await startObstacles(where, document?.system ?? {});
  for (const { place, message, severity } of obstacles) {
    terminal.out(`${place}: ${severity === 'warning' ? 'warning: ' : ''}${message}\n`);
  }
  if ([...findings, ...obstacles].some(({ severity }) => severity === 'error')) return EXIT.failed;
  terminal.out(`The configuration in ${where.configPath ?? where.dataDir} is valid.\n`);
  return EXIT.ok;
}

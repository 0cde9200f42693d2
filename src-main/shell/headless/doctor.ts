import packageJson from '../../../package.json' with { type: 'json' };
import { examine } from '../../adapters/doctor/examine.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { doctorReport } from './doctor-report.ts';
import type { Invocation } from './invocation.ts';
import { locations, readSetting } from './settings.ts';
import { EXIT, type Terminal } from './terminal.ts';

/**
 * Says what keeps AIProxy from serving here, and what to do about it.
 * @returns the exit code: 1 where there is an error
 */
export async function doctor(invocation: Invocation, terminal: Terminal): Promise<number> {
  const findings = await examine({
    ...locations(invocation, terminal),
    host: readSetting('host', invocation, terminal),
    port: readSetting('port', invocation, terminal),
    consoleHost: readSetting('console-host', invocation, terminal),
    consolePort: readSetting('console-port', invocation, terminal),
    env: terminal.env,
    platforms: PLATFORMS,
    version: packageJson.version,
  });
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  terminal.out(
    invocation.flags.has('json')
      ? `${JSON.stringify({ version: packageJson.version, ok: errors === 0, errors, warnings, findings })}\n`
      : doctorReport(findings),
  );
  return errors === 0 ? EXIT.ok : EXIT.failed;
}

import { findingLine } from '../../contract/configuration-error.ts';
import type { CheckedConfig } from '../document/check-config.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

const MOST_SHOWN = 20;

const counted = (records: object, one: string): string => {
  const count = Object.keys(records).length;
  return `${count} ${count === 1 ? one : `${one}s`}`;
};

/** What the configuration's own check comes to. @param where its folder or file */
export function judgeConfiguration(
  { findings, document, files }: CheckedConfig,
  where: string,
): DoctorFinding[] {
  const about = findingsAbout('configuration', 'configuration');
  const shown = findings
    .slice(0, MOST_SHOWN)
    .map((finding) =>
      finding.severity === 'error'
        ? about.error(findingLine(finding), 'Correct that place; aiproxy check looks at it again.')
        : about.warning(findingLine(finding), 'Correct or remove it; it has no effect as it is.'),
    );
  const more = findings.length - MOST_SHOWN;
  const rest = more > 0 ? [about.warning(`${more} more findings`, 'aiproxy check shows them all.')] : [];
  if (findings.some(({ severity }) => severity === 'error') || document === null) return [...shown, ...rest];
  if (files.length === 0)
    return [about.info(`none in ${where} yet`, 'Start AIProxy: the first start makes it.')];
  const { users, proxy_keys, channels } = document;
  const holds = [counted(channels, 'channel'), counted(users, 'user'), counted(proxy_keys, 'Proxy-Key')];
  return [about.ok(`${where} is valid: ${holds.join(', ')}`), ...shown, ...rest];
}

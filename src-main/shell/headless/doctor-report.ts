import type { DoctorFinding, Severity } from '../../adapters/doctor/finding.ts';
import { printable } from '../../core/log-text.ts';

const WORDS: Readonly<Record<Severity, string>> = {
  ok: 'ok',
  info: 'info',
  warning: 'WARNING',
  error: 'ERROR',
};
const SEVERITY_WIDTH = Math.max(...Object.values(WORDS).map(({ length }) => length));
/** A longer subject has its finding on the next line. */
const WIDEST_SUBJECT = 28;

/** Names in certificates and addresses are other people's: no terminal shall obey them. */
function lines({ severity, remedy, ...texts }: DoctorFinding, width: number): string {
  const [subject, found] = [printable(texts.subject), printable(texts.found)];
  const indent = ' '.repeat(SEVERITY_WIDTH + width + 4);
  const head = `${WORDS[severity].padEnd(SEVERITY_WIDTH)}  ${subject.padEnd(width)}`;
  const first = subject.length > width ? `${head}\n${indent}${found}` : `${head}  ${found}`;
  return remedy === null ? `${first}\n` : `${first}\n${indent}→ ${printable(remedy)}\n`;
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The findings in columns, for people; an arrow before what to do. */
export function doctorReport(findings: readonly DoctorFinding[]): string {
  const width = Math.min(WIDEST_SUBJECT, Math.max(0, ...findings.map(({ subject }) => subject.length)));
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const end =
    errors + warnings === 0
      ? 'All is well.'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`;
  return `${findings.map((finding) => lines(finding, width)).join('')}\n${end}\n`;
}

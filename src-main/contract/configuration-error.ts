/** What is wrong, or worth knowing, at one place of a configuration file. Lines and columns count from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A finding as editors and terminals understand it: `file:line:column: reason`. */
export function findingLine(finding: Finding): string {
  return `${finding.file}:${finding.line}:${finding.column}: ${finding.message}`;
}

const MOST_SHOWN = 5;

/** The configuration cannot be used; the message is a single line for people. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly findings: readonly Finding[];

  /** @param findings every place that is wrong, where the reason lies inside files */
  constructor(message: string, findings: readonly Finding[] = [], options: ErrorOptions = {}) {
    super(message, options);
    this.findings = findings;
  }

  /** One line with the first errors of a list of findings. */
  static of(findings: readonly Finding[]): ConfigurationError {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const more = errors.length > MOST_SHOWN ? `; and ${errors.length - MOST_SHOWN} more` : '';
    const lines = errors.slice(0, MOST_SHOWN).map(findingLine).join('; ');
    return new ConfigurationError(`the configuration is not valid: ${lines}${more}`, findings);
  }

  /** What is wrong with a file as a whole. */
  static inFile(file: string, message: string): ConfigurationError {
    const finding: Finding = { file, line: 1, column: 1, severity: 'error', message };
    return new ConfigurationError(findingLine(finding), [finding]);
  }
}

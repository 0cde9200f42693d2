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
  /** How many more there are: of very many only the first are listed. */
  readonly unlisted: number;

  /** @param findings every place that is wrong, where the reason lies inside files */
  constructor(
    message: string,
    findings: readonly Finding[] = [],
    options: ErrorOptions & { readonly unlisted?: number } = {},
  ) {
    super(message, options);
    this.unlisted = options.unlisted ?? 0;

    this.findings = findings;
  }

  /** One line with the first errors of a list of findings. @param unlisted how many errors there are beside these */
  static of(findings: readonly Finding[], unlisted = 0): ConfigurationError {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const count = errors.length + unlisted;
    const more = count > MOST_SHOWN ? `; and ${count - Math.min(MOST_SHOWN, errors.length)} more` : '';
    const lines = errors.slice(0, MOST_SHOWN).map(findingLine).join('; ');
    return new ConfigurationError(`the configuration is not valid: ${lines}${more}`, findings, { unlisted });
  }

  /** What is wrong with a file as a whole. */
  static inFile(file: string, message: string): ConfigurationError {
    const finding: Finding = { file, line: 1, column: 1, severity: 'error', message };
    return new ConfigurationError(findingLine(finding), [finding]);
  }
}

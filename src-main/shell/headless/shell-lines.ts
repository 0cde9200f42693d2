import { UsageError } from './terminal.ts';

export const SHELLS = ['posix', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

/** What no quoting carries safely through a line that is pasted or evaluated. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNQUOTABLE = /[\u0000-\u001f\u007f]/;

/**
 * One line that sets an environment variable to exactly `value`, whatever stands in it.
 * @throws UsageError where that cannot be done
 */
export function assignment(shell: Shell, name: string, value: string): string {
  if (UNQUOTABLE.test(value)) throw new UsageError('--key must not contain control characters');
  switch (shell) {
    case 'posix':
      return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
    case 'powershell':
      // PowerShell takes the curly quotes for apostrophes too (its language specification, 2.3.5.2).
      return `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
    case 'cmd':
      // cmd has no quoting that holds in every place, so what it would interpret is refused.
      if (/["%!^&|<>]/.test(value))
        throw new UsageError('--key cannot be written for cmd; use --shell powershell');
      return `set "${name}=${value}"`;
  }
}

/** One line that takes an environment variable away. */
export function removal(shell: Shell, name: string): string {
  switch (shell) {
    case 'posix':
      return `unset ${name}`;
    case 'powershell':
      return `Remove-Item Env:${name} -ErrorAction SilentlyContinue`;
    case 'cmd':
      return `set "${name}="`;
  }
}

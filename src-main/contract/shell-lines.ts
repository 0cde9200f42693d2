/** The shells that lines are written for. */
export const SHELLS = ['posix', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

/** A value that a shell's quoting does not carry; the message says why. */
export class UnquotableValue extends Error {
  override readonly name = 'UnquotableValue';
}

/** What no quoting carries safely through a line that is pasted or evaluated. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNQUOTABLE = /[\u0000-\u001f\u007f]/;

/** A text as one word of a POSIX shell, whatever stands in it. */
export const posixWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * One line that sets an environment variable to exactly `value`, whatever stands in it.
 * @throws UnquotableValue where that cannot be done
 */
export function assignment(shell: Shell, name: string, value: string): string {
  if (UNQUOTABLE.test(value)) throw new UnquotableValue('must not contain control characters');
  switch (shell) {
    case 'posix':
      return `export ${name}=${posixWord(value)}`;
    case 'powershell':
      // PowerShell takes the curly quotes for apostrophes too (its language specification, 2.3.5.2).
      return `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
    case 'cmd':
      // cmd has no quoting that holds in every place, so what it would interpret is refused.
      if (/["%!^&|<>]/.test(value)) throw new UnquotableValue('cannot be written for cmd; use PowerShell');
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

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignment, removal, UnquotableValue } from '../../src-main/contract/shell-lines.ts';

const printable = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text));

describe('lines for a POSIX shell', () => {
  test('set exactly the value, whatever stands in it', () => {
    const values = [
      "it's",
      '$(touch x)`id`',
      '"double" \\back',
      "''",
      ' spaced ',
      '-n',
      '世界',
      ...fc.sample(printable, 20),
    ];
    for (const value of values) {
      const { stdout } = spawnSync('sh', ['-c', `${assignment('posix', 'KEY', value)}; printf %s "$KEY"`], {
        encoding: 'utf8',
      });
      expect(stdout).toBe(value);
    }
  });

  test('take a variable away', () => {
    const script = `${removal('posix', 'KEY')}; printf %s "\${KEY-gone}"`;
    expect(spawnSync('sh', ['-c', script], { encoding: 'utf8', env: { KEY: 'x' } }).stdout).toBe('gone');
  });
});

describe('lines for PowerShell', () => {
  test('double every kind of apostrophe it knows', () => {
    expect(assignment('powershell', 'KEY', "a'b’c$(x)")).toBe("$env:KEY = 'a''b’’c$(x)'");
    expect(removal('powershell', 'KEY')).toBe('Remove-Item Env:KEY -ErrorAction SilentlyContinue');
  });
});

describe('lines for cmd', () => {
  test('hold plain values and refuse what cmd would interpret', () => {
    expect(assignment('cmd', 'KEY', 'pk-a_b')).toBe('set "KEY=pk-a_b"');
    expect(removal('cmd', 'KEY')).toBe('set "KEY="');
    for (const value of ['a%PATH%', 'a"b', 'a&b', 'a^b', 'a|b']) {
      expect(() => assignment('cmd', 'KEY', value)).toThrow(UnquotableValue);
    }
  });
});

test.each(['posix', 'powershell', 'cmd'] as const)('%s lines refuse line breaks in a value', (shell) => {
  expect(() => assignment(shell, 'KEY', 'a\nrm -r x')).toThrow(UnquotableValue);
});

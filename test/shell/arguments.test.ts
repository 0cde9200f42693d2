import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src-main/shell/headless/arguments.ts';
import { UsageError } from '../../src-main/shell/headless/terminal.ts';

describe('the command line', () => {
  test('is taken apart into values, flags and files', () => {
    const argv = ['serve', '--port', '9001', '--demo', '--json', '--config=a=b'];
    expect(parseArguments(argv)).toEqual({
      command: 'serve',
      values: { port: '9001', config: 'a=b' },
      flags: new Set(['demo', 'json']),
      files: [],
    });
  });

  test('takes the last of what is given twice', () => {
    expect(parseArguments(['serve', '--port', '1', '--port', '2']).values.port).toBe('2');
  });

  test('takes a number below zero for a value, so that its own check refuses it', () => {
    expect(parseArguments(['serve', '--port', '-1', '--demo'])).toMatchObject({
      values: { port: '-1' },
      flags: new Set(['demo']),
    });
  });

  test.each([['--help'], ['-h'], ['help'], ['serve', '--help'], []])(
    'asks for help with %j %j',
    (...argv) => {
      expect(parseArguments(argv).command).toBe('help');
    },
  );

  test.each([['--version'], ['-v'], ['version']])('asks for the version with %s', (argument) => {
    expect(parseArguments([argument]).command).toBe('version');
  });

  test.each([
    [['frobnicate'], 'unknown command "frobnicate"'],
    [['__proto__'], 'unknown command "__proto__"'],
    [['--frobnicate'], 'unknown option "--frobnicate"'],
    [['serve', '--frobnicate'], "Unknown option '--frobnicate'"],
    [['serve', '--port'], "Option '--port <value>' argument missing"],
    [['serve', '--port', '--demo'], "Option '--port' argument missing"],
    [['serve', '-1'], "Unknown option '-1'"],
    [['serve', '--demo=yes'], "Option '--demo' does not take an argument"],
    [['serve', 'file'], 'serve takes no "file"'],
    [['serve', '--key', 'pk-x'], "Unknown option '--key'"],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(new UsageError(message));
  });
});

import { parseArgs } from 'node:util';
import { COMMANDS, type CommandName, FILES, type Invocation } from './invocation.ts';
import { UsageError } from './terminal.ts';

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/**
 * Takes a command line apart.
 * @param argv what stands behind the program's name
 * @throws UsageError for an unknown command or option, a missing value, a file where none is taken
 */
export function parseArguments(argv: readonly string[]): Invocation {
  const [command = 'help', ...rest] = argv;
  if (/^(-h|--help|help)$/.test(command)) return plain('help');
  if (/^(-v|--version|version)$/.test(command)) return plain('version');
  if (!isCommand(command)) {
    throw new UsageError(`unknown ${command.startsWith('-') ? 'option' : 'command'} "${command}"`);
  }
  const parsed = parseOptions(command, rest);
  if (parsed.flags.has('help')) return plain('help');
  checkFiles(command, parsed.files);
  return parsed;
}

function checkFiles(command: CommandName, files: readonly string[]): void {
  const [least, most] = FILES[command] ?? [0, 0];
  if (files.length < least)
    throw new UsageError(`${command} needs ${least === most ? 'a' : 'at least one'} file`);
  if (files.length > most) throw new UsageError(`${command} takes no "${files[most]}"`);
}

function plain(command: 'help' | 'version'): Invocation {
  return { command, values: {}, flags: new Set(), files: [] };
}

function parseOptions(command: CommandName, args: readonly string[]): Invocation {
  const { values: texts, flags } = COMMANDS[command];
  const options = Object.fromEntries([
    ...texts.map((name) => [name, { type: 'string' }] as const),
    ...flags.map((name) => [name, { type: 'boolean' }] as const),
    ['help', { type: 'boolean', short: 'h' }] as const,
  ]);
  try {
    const { values, positionals } = parseArgs({
      args: withNegatives(args, texts),
      options,
      allowPositionals: true,
    });
    const entries = Object.entries(values);
    return {
      command,
      values: Object.fromEntries(
        entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      flags: new Set(entries.flatMap(([name, value]) => (value === true ? [name] : []))),
      files: positionals,
    };
  } catch (error) {
    // node:util says more than one sentence; the first is the fact.
    const [fact = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new UsageError(fact.replace('argument is ambiguous', 'argument missing'));
  }
}

/** `--port -1` as `--port=-1`: node:util takes a number below zero for an option, and what it says hides the mistake. */
function withNegatives(args: readonly string[], names: readonly string[]): string[] {
  const isValue = (at: number) =>
    /^-\d/.test(args[at] ?? '') && names.some((name) => args[at - 1] === `--${name}`);
  return args.flatMap((arg, at) => {
    if (isValue(at)) return [];
    return isValue(at + 1) ? [`${arg}=${args[at + 1]}`] : [arg];
  });
}

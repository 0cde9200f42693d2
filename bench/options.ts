import { parseArgs } from 'node:util';

/** What can be measured, in the order in which it runs. */
export const SCENARIOS = ['http', 'rate', 'sse', 'websocket', 'memory', 'startup', 'console'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** Who can be measured; `nginx-lua` is the yardstick. */
export const CONTENDERS = ['aiproxy', 'nginx-lua', 'minimal', 'portkey'] as const;
/** `baseline` is another checkout of AIProxy, built already: it takes part where a folder is named. */
export type ContenderName = (typeof CONTENDERS)[number] | 'baseline';

export interface BenchOptions {
  readonly quick: boolean;
  readonly only: readonly ScenarioName[];
  readonly contenders: readonly ContenderName[];
  /** The folder of another checkout to compare with, or `null`. */
  readonly baseline: string | null;
  /** Length of one measurement. */
  readonly seconds: number;
  /** How often each contender is measured; the median counts. */
  readonly rounds: number;
}

/** The command line cannot be understood; the message is one line for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** How the command is used. */
export const USAGE = [
  'npm run bench -- [options]',
  `  --only ${SCENARIOS.join('|')}      only these (separated by commas)`,
  `  --contenders a,b      of ${CONTENDERS.join(', ')}`,
  '  --baseline DIR        compares with the AIProxy that is built in DIR as well',
  '  --seconds N           length of one measurement (6; 2 with --quick)',
  '  --rounds N            measurements of each contender (5; 2 with --quick)',
  '  --quick               a rough picture in about four minutes',
  '',
].join('\n');

/** Reads the command line. @throws UsageError */
export function parseOptions(args: readonly string[]): BenchOptions | 'help' {
  const flags = readFlags(args);
  if (flags.help === true) return 'help';
  const quick = flags.quick === true;
  const asked = listOf('--contenders', flags.contenders, CONTENDERS);
  const baseline = flags.baseline ?? null;
  return {
    quick,
    only: listOf('--only', flags.only, SCENARIOS),
    contenders: baseline === null ? asked : [...asked, 'baseline'],
    baseline,
    seconds: positive('--seconds', flags.seconds, quick ? 2 : 6),
    rounds: Math.ceil(positive('--rounds', flags.rounds, quick ? 2 : 5)),
  };
}

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: flag,
        help: flag,
        only: text,
        contenders: text,
        baseline: text,
        seconds: text,
        rounds: text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function listOf<T extends string>(
  flag: string,
  given: string | undefined,
  known: readonly T[],
): readonly T[] {
  if (given === undefined) return known;
  const asked = given.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined)
    throw new UsageError(`${flag}: unknown "${unknown}"; known are ${known.join(', ')}`);
  return known.filter((name) => asked.includes(name));
}

function positive(flag: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!(value > 0 && value <= 3600))
    throw new UsageError(`${flag}: "${given}" is not a number from 1 to 3600`);
  return value;
}

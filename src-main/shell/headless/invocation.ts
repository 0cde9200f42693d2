/** The subcommands, and which options each takes besides `--help`. */
export const COMMANDS = {
  serve: {
    values: ['config', 'data-dir', 'host', 'port', 'console-host', 'console-port'],
    flags: ['demo', 'json'],
  },
  import: { values: ['config', 'data-dir'], flags: [] },
  check: { values: ['config', 'data-dir'], flags: [] },
  doctor: {
    values: ['config', 'data-dir', 'host', 'port', 'console-host', 'console-port'],
    flags: ['json'],
  },
  users: {
    values: [
      'group',
      'keys',
      'expires',
      'channels',
      'config',
      'data-dir',
      'host',
      'port',
      'console-host',
      'console-port',
    ],
    flags: ['make-groups', 'keep', 'skip-mistakes', 'dry-run'],
  },
  export: { values: ['from', 'to', 'by', 'format', 'config', 'data-dir'], flags: [] },
  backup: { values: ['config', 'data-dir'], flags: ['force'] },
  restore: { values: ['config', 'data-dir'], flags: [] },
  'admin-token': { values: ['config', 'data-dir'], flags: ['reset'] },
  env: { values: ['config', 'data-dir', 'host', 'port', 'key', 'sdk', 'shell'], flags: [] },
} as const;

export type CommandName = keyof typeof COMMANDS;

/** How many files, or other words, each subcommand takes, at least and at most; the others take none. */
export const FILES: Partial<Record<CommandName, readonly [least: number, most: number]>> = {
  import: [1, Number.POSITIVE_INFINITY],
  users: [2, 2],
  export: [0, 1],
  backup: [1, 1],
  restore: [1, 1],
};

/** A command line, taken apart but not yet judged: values are still text. */
export interface Invocation {
  readonly command: CommandName | 'help' | 'version';
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly flags: ReadonlySet<string>;
  readonly files: readonly string[];
}

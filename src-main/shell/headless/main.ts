import { homedir } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import { StartError } from '../../app-options.ts';
import { ConfigurationError } from '../../contract/configuration-error.ts';
import { plainReason, systemCode } from '../../core/disk-words.ts';
import { parseArguments } from './arguments.ts';
import type { Invocation } from './invocation.ts';
import { EXIT, type Terminal, UsageError } from './terminal.ts';
import { USAGE } from './usage.ts';

function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    outBytes: (bytes) =>
      new Promise((resolve) => process.stdout.write(bytes, (error) => resolve((error ?? null) === null))),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    homeDir: homedir(),
    pid: process.pid,
    events: process,
  };
}

/**
 * Runs the command line and ends the process with its exit code.
 * @param whyHeadless the line that says why `serve` runs where a window was wanted
 */
export async function main(argv: readonly string[], whyHeadless?: string): Promise<never> {
  // A reader that has gone (`aiproxy serve | head -1`) is no reason to stop serving.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.exit(await run(argv, processTerminal(), whyHeadless));
}

/**
 * Runs one command line.
 * @param whyHeadless printed where it serves, not where it was used wrongly
 * @returns the exit code
 */
export async function run(
  argv: readonly string[],
  terminal: Terminal,
  whyHeadless?: string,
): Promise<number> {
  try {
    const invocation = parseArguments(argv);
    if (whyHeadless !== undefined && invocation.command === 'serve') {
      // Refuses what is written wrongly before anything is said.
      (await import('./settings.ts')).appOptions(invocation, terminal);
      terminal.err(`${whyHeadless}\n`);
    }
    return await dispatch(invocation, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`aiproxy: ${error.message}\nTry "aiproxy --help".\n`);
      return EXIT.usage;
    }
    if (error instanceof StartError || error instanceof ConfigurationError) {
      terminal.err(`aiproxy: ${error.message}\n`);
      return EXIT.failed;
    }
    // What the system refused is no bug of ours: one line says it, and a stack would hide it.
    if (systemCode(error) !== null && error instanceof Error) {
      terminal.err(`aiproxy: ${plainReason(error)}: ${error.message}\n`);
      return EXIT.failed;
    }
    throw error;
  }
}

/** Each command is loaded when it is asked for: `--version` need not load a proxy. */
async function dispatch(invocation: Invocation, terminal: Terminal): Promise<number> {
  switch (invocation.command) {
    case 'help':
      terminal.out(USAGE);
      return EXIT.ok;
    case 'version':
      terminal.out(`${packageJson.version}\n`);
      return EXIT.ok;
    case 'serve':
      return (await import('./serve.ts')).serve(invocation, terminal);
    case 'import':
      return (await import('./import.ts')).importFiles(invocation, terminal);
    case 'check':
      return (await import('./check.ts')).check(invocation, terminal);
    case 'doctor':
      return (await import('./doctor.ts')).doctor(invocation, terminal);
    case 'users':
      return (await import('./users.ts')).users(invocation, terminal);
    case 'export':
      return (await import('./export.ts')).exportUsage(invocation, terminal);
    case 'backup':
      return (await import('./backup.ts')).backup(invocation, terminal);
    case 'restore':
      return (await import('./backup.ts')).restore(invocation, terminal);
    case 'admin-token':
      return (await import('./admin-token.ts')).adminToken(invocation, terminal);
    case 'env':
      return (await import('./env.ts')).env(invocation, terminal);
  }
}

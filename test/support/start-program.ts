import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** What the program says on its first line with `--json`. */
export interface ReadyLine {
  readonly event: 'ready';
  readonly proxy: string;
  readonly console: string;
  readonly admin_token: string;
  /** Of the process that serves. */
  readonly pid: number;
}

/** How the program ended. */
export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The real program as a child process. */
export interface Program {
  readonly ready: ReadyLine;
  /** Resolves when the launcher has ended. */
  readonly exited: Promise<ProgramExit>;
  /** Everything printed so far. */
  stdout(): string;
  stderr(): string;
  /** Signals the launcher, which forwards it. */
  signal(name: NodeJS.Signals): void;
  /** Signals the serving process itself, as an out-of-memory killer would. */
  kill(): void;
  /** Ends it with SIGTERM and waits. */
  close(): Promise<void>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** The first line of standard output, or `null` where the program ends without one. */
function firstLine(child: Child, stdout: () => string): Promise<string | null> {
  return new Promise((resolve) => {
    child.stdout.on('data', () => {
      const end = stdout().indexOf('\n');
      if (end >= 0) resolve(stdout().slice(0, end));
    });
    child.once('close', () => resolve(null));
  });
}

/**
 * Starts `node bin/aiproxy.js serve --json` on free ports and waits for its ready line.
 * @param args further options
 * @throws Error with what it printed, where it ends before it is ready
 */
export async function startProgram(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const ports = ['--port', '0', '--console-port', '0'];
  const child = spawn(
    process.execPath,
    ['bin/aiproxy.js', 'serve', '--json', ...ports, '--data-dir', dataDir, ...args],
    {
      cwd: new URL('../..', import.meta.url),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = once(child, 'exit').then(([code, signal]): ProgramExit => ({ code, signal }));
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const line = await firstLine(child, stdout);
  if (line === null) {
    const { code } = await exited;
    throw new Error(`the program ended with ${code} before it was ready: ${stderr()}`);
  }
  const ready: ReadyLine = JSON.parse(line);
  return {
    ready,
    exited,
    stdout,
    stderr,
    signal: (name) => void child.kill(name),
    kill: () => void process.kill(ready.pid, 'SIGKILL'),
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that this run started and will end. */
export interface Child {
  readonly pid: number;
  /** Resolves with the first line of standard output, past or future, that passes; rejects if the process ends before. */
  line(passes: (line: string) => boolean, timeoutMs: number): Promise<string>;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
  /** SIGTERM, and SIGKILL if it is still there after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

export interface ChildOptions {
  /** The core it is bound to, or `null`. */
  readonly core: number | null;
  readonly env?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();

/** Starts a process bound to its core. */
export function startChild(command: readonly string[], options: ChildOptions): Child {
  const { child, ended, complaint } = spawnTracked(command, options);
  return {
    pid: child.pid ?? 0,
    line: lineReader(child, ended, complaint),
    ended,
    stop: (graceMs = 5000) => stop(child, ended, graceMs),
  };
}

/** Runs a process to its end and returns its output. @throws Error with what it said on standard error, if it fails */
export async function runToEnd(command: readonly string[], options: ChildOptions): Promise<string> {
  const { child, ended, complaint } = spawnTracked(command, options);
  const output: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  if ((await ended) !== 0) throw new Error(complaint());
  return output.join('');
}

function spawnTracked(command: readonly string[], options: ChildOptions) {
  const [program = '', ...args] = pinned(command, options.core);
  const child = spawn(program, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  }).finally(() => running.delete(child));
  return {
    child,
    ended,
    complaint: () => `${command.slice(0, 2).map(nameOf).join(' ')} ended: ${tail.trim() || 'no message'}`,
  };
}

/** Ends at once whatever this run started and is still there. For the way out. */
export function killAll(): void {
  for (const child of running) killGroup(child);
}

/** Each child leads a process group of its own, so that what it started in turn goes with it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Without its folder: messages get into the results, and those name no paths. */
function nameOf(path: string): string {
  return basename(path);
}

function pinned(command: readonly string[], core: number | null): readonly string[] {
  return core === null ? command : ['taskset', '-c', String(core), ...command];
}

function lineReader(
  child: ReturnType<typeof spawnTracked>['child'],
  ended: Promise<unknown>,
  complaint: () => string,
): Child['line'] {
  const seen: string[] = [];
  const waiters = new Set<(line: string) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    seen.push(line);
    for (const offer of waiters) offer(line);
  });
  return async (passes, timeoutMs) => {
    const past = seen.find(passes);
    if (past !== undefined) return past;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const offer = (line: string) => passes(line) && resolve(line);
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    waiters.add(offer);
    ended.then(() => reject(new Error(complaint())));
    return await promise.finally(() => {
      clearTimeout(timer);
      waiters.delete(offer);
    });
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), graceMs);
  await ended;
  clearTimeout(timer);
}

import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';

/** What a figure depends on besides the code. */
export interface Machine {
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  /** Of the last minute when the run began; well above 0, others were at work and the figures are too low. */
  readonly loadAverage: number;
  readonly commit: string;
  /** Whether the tree differs from that commit. */
  readonly changed: boolean;
  /** RFC 3339. */
  readonly startedAt: string;
}

/** Describes machine and code as the run begins. */
export function describeMachine(): Machine {
  return {
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    system: `${process.platform} ${process.arch}`,
    loadAverage: loadavg()[0] ?? 0,
    commit: git(['rev-parse', '--short', 'HEAD']) || 'no-commit',
    changed: git(['status', '--porcelain', '--', 'bin', 'src-main', 'bench', 'package-lock.json']) !== '',
    startedAt: new Date().toISOString(),
  };
}

function git(args: readonly string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

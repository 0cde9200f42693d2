import type { FaultSource } from './faults.ts';
import type { SignalSource } from './signals.ts';

/** What a command sees of the world around it; tests put their own in its place. */
export interface Terminal {
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard output, byte for byte. Resolves when more may come, to whether anybody still reads. */
  outBytes(bytes: Uint8Array): Promise<boolean>;
  /** Standard error: what people should know besides. */
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  readonly pid: number;
  /** Signals and uncaught faults of this process. */
  readonly events: SignalSource & FaultSource;
}

/** Exit codes: 0 done, 1 failed, 2 used wrongly. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** The command was written wrongly, and this is the line that says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

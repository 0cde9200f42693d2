import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../core/ports.ts';
import type { SessionStore, StoredSession } from '../core/session-store.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeDurably } from './document/durable-write.ts';

const VERSION = 1;
/** How long a last use may wait for its write. */
const LATER_MS = 60_000;

const Sessions = z.object({
  v: z.literal(VERSION),
  sessions: z.array(
    z.object({
      id: z.string(),
      hash: z.string(),
      boundTo: z.string(),
      remembered: z.boolean(),
      beganMs: z.number(),
      endsMs: z.number(),
      usedMs: z.number(),
      address: z.string().nullable(),
      agent: z.string().nullable(),
    }),
  ),
});

/** Where a data folder keeps them: beside what backups take, never in it. */
const pathOf = (dataDir: string): string => join(dataDir, 'state', 'sessions.json');

/** What an opened file needs. */
export interface SessionFileOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly onProblem: (message: string) => void;
}

/** Sessions in one private file, written anew as a whole: there are at most a thousand. */
export class SessionFile implements SessionStore {
  readonly kept: readonly StoredSession[];
  readonly #options: SessionFileOptions;
  #read: (() => readonly StoredSession[]) | null = null;
  #takeBack: (() => void) | null = null;
  /** The write that has not begun yet; whoever asks meanwhile shares it. */
  #next: Promise<void> | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(options: SessionFileOptions, kept: readonly StoredSession[]) {
    this.#options = options;
    this.kept = kept;
  }

  keep(read: () => readonly StoredSession[], isUrgent: boolean): Promise<void> {
    this.#read = read;
    if (isUrgent) return this.#write();
    this.#takeBack ??= this.#options.clock.after(LATER_MS, () => void this.#write());
    return Promise.resolve();
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    if (this.#takeBack !== null) void this.#write();
    await (this.#next ?? this.#last);
  }

  #write(): Promise<void> {
    this.#next ??= this.#last.then(async () => {
      this.#next = null;
      this.#takeBack?.();
      this.#takeBack = null;
      await this.#writeNow();
    });
    this.#last = this.#next;
    return this.#next;
  }

  async #writeNow(): Promise<void> {
    const { dataDir, onProblem } = this.#options;
    const path = pathOf(dataDir);
    try {
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
      const sessions = this.#read?.() ?? [];
      await writeDurably(path, JSON.stringify({ v: VERSION, sessions }), PRIVATE_FILE);
    } catch (error) {
      onProblem(`sessions of the console are not kept over a restart: ${String(error)}`);
    }
  }
}

/** Opens the file of a data folder. One that cannot be read counts as empty: people sign in again. */
export async function openSessionFile(options: SessionFileOptions): Promise<SessionFile> {
  return new SessionFile(options, await readKept(options));
}

async function readKept({ dataDir, onProblem }: SessionFileOptions): Promise<readonly StoredSession[]> {
  try {
    return Sessions.parse(JSON.parse(await readFile(pathOf(dataDir), 'utf8'))).sessions;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) onProblem(`sessions of the console could not be read, and are over: ${String(error)}`);
    return [];
  }
}

/** Ends every session of a program that does not run. */
export async function forgetSessions(dataDir: string): Promise<void> {
  await rm(pathOf(dataDir), { force: true });
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SessionStore, StoredSession } from '../core/session-store.ts';
import { readState, StateFile, type StateFileOptions } from './state-file.ts';

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

/** Sessions in one private file: there are at most a thousand. */
export class SessionFile implements SessionStore {
  readonly kept: readonly StoredSession[];
  readonly #file: StateFile;

  constructor(file: StateFile, kept: readonly StoredSession[]) {
    this.#file = file;
    this.kept = kept;
  }

  async keep(read: () => readonly StoredSession[], isUrgent: boolean): Promise<void> {
    const content = () => ({ v: VERSION, sessions: read() });
    if (isUrgent) await this.#file.save(content);
    else this.#file.saveWithin(content, LATER_MS);
  }

  /** Writes what waits. */
  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Opens the file of a data folder. One that cannot be read counts as empty: people sign in again. */
export async function openSessionFile({
  dataDir,
  ...parts
}: Pick<StateFileOptions, 'clock' | 'onProblem'> & { readonly dataDir: string }): Promise<SessionFile> {
  const options = { ...parts, path: pathOf(dataDir), what: 'sessions of the console' };
  const kept = await readState(options, Sessions);
  return new SessionFile(new StateFile(options), kept?.sessions ?? []);
}

/** Ends every session of a program that does not run. */
export async function forgetSessions(dataDir: string): Promise<void> {
  await rm(pathOf(dataDir), { force: true });
}

import { join } from 'node:path';
import { z } from 'zod';
import type { Document } from '../contract/document.ts';
import type { RequestFeed, RequestSearch } from '../core/control-ports.ts';
import { type KeptLastUses, LastUse } from '../core/last-use.ts';
import { readState, StateFile, type StateFileOptions } from './state-file.ts';

const VERSION = 1;
/** How long a last use may wait for its write. */
const LATER_MS = 60_000;
/** Requests that end before a crash may have begun long before the last write. */
const OVERLAP_MS = 10 * 60_000;
const LINES_A_PAGE = 500;
/** So that nobody waits for a month of logs. */
const MOST_PAGES = 40;

const Times = z.record(z.string(), z.number());
const Stored = z.object({ v: z.literal(VERSION), writtenMs: z.number(), users: Times, keys: Times });

/** What keeping last uses needs. */
export interface LastUseParts extends Pick<StateFileOptions, 'clock' | 'onProblem'> {
  readonly dataDir: string;
  readonly feed: RequestFeed;
  /** The request log: what ended between the last write and a crash is found there. */
  readonly requests: RequestSearch;
  readonly document: () => Document;
}

function those(times: ReadonlyMap<string, number>, known: object): Record<string, number> {
  return Object.fromEntries([...times].filter(([id]) => Object.hasOwn(known, id)));
}

/** Reads what ended since then, newest first. @param fromMs `null`: as much as is read at all */
async function catchUp(requests: RequestSearch, fromMs: number | null, uses: LastUse): Promise<void> {
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await requests.find({ fromMs, untilMs: null, limit: LINES_A_PAGE, cursor });
    for (const line of items) uses.note({ ...line, time: Date.parse(line.time) });
    if (next === null) return;
    cursor = next;
  }
}

/** Opens them for a data folder, and follows the requests that end from now on. */
export async function openLastUses(parts: LastUseParts): Promise<KeptLastUses & { close(): Promise<void> }> {
  const { dataDir, clock, feed, requests, document, onProblem } = parts;
  const options = { path: join(dataDir, 'state', 'last-use.json'), clock, onProblem, what: 'last uses' };
  const stored = await readState(options, Stored);
  const uses = new LastUse();
  for (const [id, time] of Object.entries(stored?.users ?? {})) uses.users.set(id, time);
  for (const [id, time] of Object.entries(stored?.keys ?? {})) uses.keys.set(id, time);
  const file = new StateFile(options);
  let caughtUp: Promise<void> | null = null;
  // Until the log was read, what lies behind the last write is still to be found there.
  const readFromMs = stored === null ? null : stored.writtenMs - OVERLAP_MS;
  let isCaughtUp = false;
  const content = () => {
    const { users, proxy_keys } = document();
    return {
      v: VERSION,
      writtenMs: isCaughtUp ? clock.now() : (readFromMs ?? 0),
      users: those(uses.users, users),
      keys: those(uses.keys, proxy_keys),
    };
  };
  const changed = (): void => file.saveWithin(content, LATER_MS);
  const stop = feed.subscribe((record) => {
    if (uses.note(record)) changed();
  });
  const readLog = async (): Promise<void> => {
    try {
      await catchUp(requests, readFromMs, uses);
      isCaughtUp = true;
      changed();
    } catch (error) {
      caughtUp = null;
      onProblem(`last uses were not read from the log: ${String(error)}`);
    }
  };
  return {
    users: uses.users,
    keys: uses.keys,
    ready: () => {
      caughtUp ??= readLog();
      return caughtUp;
    },
    close: async () => {
      stop();
      await file.close();
    },
  };
}

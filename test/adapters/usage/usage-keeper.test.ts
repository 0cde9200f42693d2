import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOnlyUsage } from '../../../src-main/adapters/usage/read-only-usage.ts';
import { UsageThread } from '../../../src-main/adapters/usage/usage-thread.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { rowsOf } from '../../support/counted-rows.ts';
import { type KeptUsage, keptUsage } from '../../support/kept-usage.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { aQuestion } from '../../support/usage-records.ts';

const HOUR_FILE = '2026-01-15/12+0000.json';

let cleanUp: CleanUp;
let dataDir: string;
beforeEach(async () => {
  cleanUp = createCleanUp();
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  dataDir = folder.path;
});
afterEach(() => cleanUp.run());

const files = async (): Promise<string[]> => (await readdir(join(dataDir, 'usage')).catch(() => [])).sort();

/** What a start after a crash would count, told by a reader that writes nothing. */
async function readBack(): Promise<number> {
  const reader = readOnlyUsage({ dataDir, timeZone: 'UTC', models: [], onProblem: () => undefined });
  return (await reader.report(aQuestion())).total.requests;
}

async function requestsOnDisk(): Promise<number> {
  const text = await readFile(join(dataDir, 'usage', HOUR_FILE), 'utf8').catch(
    () => '{"sums":{"requests":[]}}',
  );
  const { sums }: { sums: { requests: number[] } } = JSON.parse(text);
  return sums.requests.reduce((all, count) => all + count, 0);
}

/** Threads and disks take real time, also where the clock stands still. */
async function tick(kept: KeptUsage, ms: number): Promise<void> {
  await kept.clock.advanceAsync(ms);
}

function record(kept: KeptUsage, count: number): void {
  for (let at = 0; at < count; at++) kept.record(aRecord({ user: `u${at % 3}` }));
}

describe('the counters', () => {
  it('answer to the request at once, and are on the disk ten seconds later', async () => {
    const kept = await keptUsage(dataDir, cleanUp);
    record(kept, 5);
    expect(await kept.requests()).toBe(5);
    record(kept, 2);
    expect(await kept.requests({ where: { user: ['u0'] } })).toBe(3);
    expect(await files()).toEqual([]);
    await tick(kept, 10_000);
    await expect.poll(requestsOnDisk).toBe(7);
    expect(await kept.requests()).toBe(7);
  });

  it('need no thread where nothing is counted and nobody asks', async () => {
    let threads = 0;
    const owner = () => {
      threads += 1;
      return new UsageThread(() => undefined);
    };
    const kept = await keptUsage(dataDir, cleanUp, { owner });
    await kept.keeper.catchUp();
    await tick(kept, 600_000);
    await kept.close();
    expect(threads).toBe(0);
    expect(await files()).toEqual([]);
  });

  it('end their thread after a minute without work, and begin a new one with the next', async () => {
    const threads: UsageThread[] = [];
    const owner = () => {
      const thread = new UsageThread(() => undefined);
      threads.push(thread);
      return thread;
    };
    const kept = await keptUsage(dataDir, cleanUp, { owner });
    record(kept, 3);
    await tick(kept, 10_000);
    await expect.poll(requestsOnDisk).toBe(3);
    await kept.keeper.freeze(async () => undefined);
    await tick(kept, 75_000);
    await expect.poll(() => threads[0]?.isAlive).toBe(false);
    record(kept, 4);
    expect(await kept.requests()).toBe(7);
    expect(threads).toHaveLength(2);
  });
});

describe('the counters of a program that stops or dies', () => {
  it('are all on the disk after a stop, and the next start sees from one small file that they are', async () => {
    const kept = await keptUsage(dataDir, cleanUp);
    record(kept, 6);
    await kept.close();
    expect(await requestsOnDisk()).toBe(6);
    const fails = () => {
      throw new Error('a thread was started');
    };
    const next = await keptUsage(dataDir, cleanUp, { owner: fails });
    await next.keeper.catchUp();
    expect(next.said).toEqual([]);
  });

  it('are counted from the log where they were not on the disk, before anybody is answered', async () => {
    const killed = await keptUsage(dataDir, cleanUp);
    record(killed, 6);
    await killed.keeper.freeze(async () => undefined);
    record(killed, 5);
    await killed.requests();
    // What a crash leaves: the log as it is, the files as they were.
    await tick(killed, 25);
    await cp(join(dataDir, 'logs'), join(dataDir, 'next', 'logs'), { recursive: true });
    await cp(join(dataDir, 'usage'), join(dataDir, 'next', 'usage'), { recursive: true });
    const next = await keptUsage(join(dataDir, 'next'), cleanUp);
    void next.keeper.catchUp();
    record(next, 2);
    expect(await next.requests()).toBe(13);
    expect(next.said).toEqual(['requests were counted from the request log']);
  });

  it('lose nothing where their thread dies', async () => {
    const threads: UsageThread[] = [];
    const owner = () => {
      const thread = new UsageThread(() => undefined);
      threads.push(thread);
      return thread;
    };
    const kept = await keptUsage(dataDir, cleanUp, { owner });
    record(kept, 4);
    await tick(kept, 10_000);
    await expect.poll(requestsOnDisk).toBe(4);
    record(kept, 3);
    expect(await kept.requests()).toBe(7);
    await threads[0]?.close();
    record(kept, 2);
    expect(await kept.requests()).toBe(9);
    await kept.close();
    expect(await requestsOnDisk()).toBe(9);
  });

  it('lose nothing where their thread dies while the log cannot be written, and none is counted twice after a crash', async () => {
    const threads: UsageThread[] = [];
    let refuses = false;
    const owner = () => {
      const thread = new UsageThread(() => undefined);
      threads.push(thread);
      return thread;
    };
    const kept = await keptUsage(dataDir, cleanUp, { owner, refusesMarks: () => refuses });
    record(kept, 3);
    expect(await kept.requests()).toBe(3);
    await threads[0]?.close();
    refuses = true;
    await expect(kept.requests()).rejects.toThrow('cannot be written');
    record(kept, 2);
    refuses = false;
    await kept.keeper.freeze(async () => undefined);
    expect(await requestsOnDisk()).toBe(5);
    expect(await kept.requests()).toBe(5);
    expect(await readBack()).toBe(5);
  });
});

describe('the counters beside others', () => {
  it('wait for a log that cannot be written, and answer meanwhile', async () => {
    let refuses = true;
    const kept = await keptUsage(dataDir, cleanUp, { refusesMarks: () => refuses });
    record(kept, 4);
    await tick(kept, 10_000);
    expect(await kept.requests()).toBe(4);
    await expect(kept.keeper.freeze(async () => undefined)).rejects.toThrow('cannot be written');
    expect(await requestsOnDisk()).toBe(0);
    refuses = false;
    await tick(kept, 10_000);
    await expect.poll(requestsOnDisk).toBe(4);
  });

  it('hand what they drain to whoever listens, each row once', async () => {
    const kept = await keptUsage(dataDir, cleanUp);
    let heard = 0;
    kept.counting.onDrained((hours) => {
      heard += hours.flatMap(rowsOf).reduce((sum, { sums }) => sum + sums.requests, 0);
    });
    record(kept, 4);
    kept.keeper.collect();
    expect(heard).toBe(4);
    record(kept, 3);
    await kept.requests();
    kept.keeper.collect();
    expect(heard).toBe(7);
    expect(await kept.requests()).toBe(7);
  });
});

describe('a usage folder', () => {
  it('stands still while it is frozen, with everything in it; counting goes on', async () => {
    const kept = await keptUsage(dataDir, cleanUp);
    record(kept, 5);
    const before = await kept.keeper.freeze(async (folder) => {
      const text = await readFile(join(folder, HOUR_FILE), 'utf8');
      record(kept, 3);
      await tick(kept, 30_000);
      expect(await kept.requests()).toBe(8);
      expect(await readFile(join(folder, HOUR_FILE), 'utf8')).toBe(text);
      return requestsOnDisk();
    });
    expect(before).toBe(5);
    await tick(kept, 10_000);
    await expect.poll(requestsOnDisk).toBe(8);
  });

  it('is replaced by another, whose counts are joined by what is counted from then on, also after a crash', async () => {
    const kept = await keptUsage(dataDir, cleanUp);
    record(kept, 5);
    const backup = await kept.keeper.besideUsage();
    await kept.keeper.freeze((folder) => cp(folder, backup, { recursive: true }));
    record(kept, 20);
    expect(await kept.requests()).toBe(25);
    const aside = await kept.keeper.replaceWith(backup);
    expect(await kept.requests()).toBe(5);
    record(kept, 3);
    expect(await kept.requests()).toBe(8);
    expect(await readdir(dataDir)).toContain(aside);
    await kept.keeper.freeze(async () => undefined);
    record(kept, 1);
    await tick(kept, 25);
    const problems: string[] = [];
    const reader = readOnlyUsage({
      dataDir,
      timeZone: 'UTC',
      models: [],
      onProblem: (message) => problems.push(message),
    });
    expect((await reader.report(aQuestion())).total.requests).toBe(9);
    expect(problems).toEqual([]);
    await kept.close();
    const next = await keptUsage(dataDir, cleanUp);
    expect(await next.requests()).toBe(9);
  });

  it('stays where the other one cannot be read', async () => {
    const kept = await keptUsage(dataDir, cleanUp);
    record(kept, 5);
    const backup = await kept.keeper.besideUsage();
    await kept.keeper.freeze((folder) => cp(folder, backup, { recursive: true }));
    await writeFile(join(backup, HOUR_FILE), 'torn');
    await expect(kept.keeper.replaceWith(backup)).rejects.toThrow(HOUR_FILE);
    expect(await kept.requests()).toBe(5);
    await kept.close();
    const next = await keptUsage(dataDir, cleanUp);
    expect(await next.requests()).toBe(5);
  });
});

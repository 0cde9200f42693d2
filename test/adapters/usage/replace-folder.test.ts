import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logEnds } from '../../../src-main/adapters/usage/replay-log.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { DyingUsageDisk, FailingUsageDisk } from '../../support/dying-usage-disk.ts';
import { LoggedUsage } from '../../support/logged-usage.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const BACKED_UP = 5;
const SINCE = 4;

let cleanUp: CleanUp;
beforeEach(() => {
  cleanUp = createCleanUp();
});
afterEach(() => cleanUp.run());

const requests = (count: number) =>
  Array.from({ length: count }, () => aRecord({ time: NOON, latency_ms: 1 }));

/** A data folder with some requests, and a backup of its usage folder that lacks the last ones. */
async function dataWithBackup(): Promise<{ readonly dataDir: string; readonly backup: string }> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const run = new LoggedUsage(folder.path);
  await run.open();
  await run.record(requests(BACKED_UP));
  await run.settle(NOON);
  const backup = join(folder.path, 'restored');
  await mkdir(backup);
  await cp(run.place.folder, backup, { recursive: true });
  await run.record(requests(SINCE));
  await run.settle(NOON);
  return { dataDir: folder.path, backup };
}

async function replace(run: LoggedUsage, backup: string): Promise<void> {
  const position = await logEnds(run.place.logs);
  await run.work.ask('replace', { folder: backup, position });
}

async function countNow(dataDir: string): Promise<number> {
  const next = new LoggedUsage(dataDir);
  await next.open();
  expect(next.said).toEqual([]);
  return (await next.report()).total.requests;
}

describe('a usage folder that is replaced', () => {
  it('is the old one or the new one, whole, behind whatever step the program is killed', async () => {
    const seen: number[] = [];
    for (let step = 0; ; step++) {
      const { dataDir, backup } = await dataWithBackup();
      const disk = new DyingUsageDisk(step);
      const run = new LoggedUsage(dataDir, disk);
      const isDone = await run
        .open()
        .then(() => replace(run, backup))
        .then(
          () => true,
          () => false,
        );
      seen.push(await countNow(dataDir));
      expect(await readdir(dataDir)).not.toContain('usage.incoming');
      if (isDone) break;
    }
    expect(new Set(seen)).toEqual(new Set([BACKED_UP + SINCE, BACKED_UP]));
    // Once it is the new one, it stays.
    expect([...seen].sort((a, b) => b - a)).toEqual(seen);
    expect(seen.length).toBeGreaterThan(4);
  });

  it('is the old one, in the same run too, where a step fails', async () => {
    for (let step = 0; step < 5; step++) {
      const { dataDir, backup } = await dataWithBackup();
      const run = new LoggedUsage(dataDir, new FailingUsageDisk(step, false));
      await run.open().catch(() => undefined);
      await expect(replace(run, backup)).rejects.toThrow('the disk is full');
      expect((await run.report()).total.requests).toBe(BACKED_UP + SINCE);
      expect(await countNow(dataDir)).toBe(BACKED_UP + SINCE);
    }
  });

  it('goes on with what is counted from then on, and with nothing that was logged before', async () => {
    const { dataDir, backup } = await dataWithBackup();
    const run = new LoggedUsage(dataDir);
    await run.open();
    await replace(run, backup);
    await run.record(requests(2));
    expect(await countNow(dataDir)).toBe(BACKED_UP + 2);
  });
});

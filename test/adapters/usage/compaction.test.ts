import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsageReport } from '../../../src-main/core/control-ports.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { LoggedUsage } from '../../support/logged-usage.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Two days before and after it the clocks in Berlin go back. */
const NOON = Date.UTC(2026, 9, 24, 12);

let cleanUp: CleanUp;
let dataDir: string;
let run: LoggedUsage;
beforeEach(async () => {
  cleanUp = createCleanUp();
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  dataDir = folder.path;
  run = new LoggedUsage(dataDir, undefined, 'Europe/Berlin');
  await run.open();
});
afterEach(() => cleanUp.run());

const names = async (folder: string): Promise<string[]> =>
  (await readdir(join(dataDir, 'usage', folder)).catch(() => [])).sort();

/** Logs and counts a request in each of so many hours from noon on, each a millisecond longer than the one before. */
async function record(hours: number, fromHour = 0): Promise<void> {
  const each = Array.from({ length: hours }, (_, at) => fromHour + at);
  await run.record(
    each.map((hour) => aRecord({ time: NOON + hour * HOUR, latency_ms: 100 + hour, user: `u${hour % 5}` })),
  );
}

const QUESTION = { by: ['user'], percentiles: [1, 50, 99] } as const;

function sums({ groups, total }: UsageReport): readonly string[] {
  return [...groups.map((group) => JSON.stringify(group)).sort(), JSON.stringify(total)];
}

describe('a day that has ended', () => {
  it('is added up beside its hours, and says the same', async () => {
    await record(60);
    await run.settle(NOON + 60 * HOUR);
    const { groups: byHour } = await run.report({ granularity: 'hour' });
    expect(await names('rollups')).toEqual([
      '2026-10-24+0200-1440m.json',
      '2026-10-25+0200-1500m.json',
      '2026-10-26+0100-1440m.json',
    ]);
    const before = sums(await run.report(QUESTION));
    const next = new LoggedUsage(dataDir, undefined, 'Europe/Berlin');
    await next.open();
    expect(sums(await next.report(QUESTION))).toEqual(before);
    expect(byHour).toHaveLength(60);
    const { groups: byDay } = await next.report({ granularity: 'day' });
    expect(byDay.map(({ period, requests }) => [period, requests])).toEqual([
      ['2026-10-24T00:00:00+02:00', 10],
      ['2026-10-25T00:00:00+02:00', 25],
      ['2026-10-26T00:00:00+01:00', 24],
      ['2026-10-27T00:00:00+01:00', 1],
    ]);
  });

  it('is not what a range is answered from that cuts it', async () => {
    await record(60);
    await run.settle(NOON + 60 * HOUR);
    for (let cut = 0; cut <= 60; cut += 7) {
      const cutMs = NOON + cut * HOUR;
      const [before, after] = [await run.report({ untilMs: cutMs }), await run.report({ fromMs: cutMs })];
      expect([before.total.requests, after.total.requests]).toEqual([cut, 60 - cut]);
    }
  });

  it('is added up anew after a request that came late', async () => {
    await record(30);
    await run.settle(NOON + 30 * HOUR);
    expect(await names('rollups')).toEqual(['2026-10-24+0200-1440m.json']);
    await record(1, 3);
    await run.settle(NOON + 30 * HOUR);
    expect(await names('rollups')).toEqual([]);
    expect((await run.report()).total.requests).toBe(31);
    await run.settle(NOON + 31 * HOUR);
    expect(await names('rollups')).toEqual(['2026-10-24+0200-1440m.json']);
    expect((await run.report()).total.requests).toBe(31);
  });

  it('is answered from its hours where its sum cannot be read', async () => {
    await record(30);
    await run.settle(NOON + 30 * HOUR);
    await writeFile(join(dataDir, 'usage', 'rollups', '2026-10-24+0200-1440m.json'), 'torn');
    const next = new LoggedUsage(dataDir, undefined, 'Europe/Berlin');
    await next.open();
    expect((await next.report()).total.requests).toBe(30);
    expect(next.said).toHaveLength(1);
  });

  it('is what a change of the time zone makes of it', async () => {
    await record(60);
    await run.settle(NOON + 60 * HOUR);
    const other = new LoggedUsage(dataDir, undefined, 'Asia/Kolkata');
    await other.open();
    const { groups } = await other.report({ granularity: 'day' });
    expect(groups.map(({ period, requests }) => [period, requests])).toEqual([
      ['2026-10-24T00:00:00+05:30', 7],
      ['2026-10-25T00:00:00+05:30', 24],
      ['2026-10-26T00:00:00+05:30', 24],
      ['2026-10-27T00:00:00+05:30', 5],
    ]);
  });
});

describe('hours and days that have become old', () => {
  it('are put together to days and months, and lose nothing but their hours', async () => {
    await record(60);
    await run.settle(NOON);
    const before = sums(await run.report(QUESTION));
    await run.settle(NOON + 20 * DAY);
    expect(await names('')).toEqual(['days', 'latest.json']);
    expect(await names('days')).toEqual([
      '2026-10-24+0200.json',
      '2026-10-25+0200.json',
      '2026-10-26+0100.json',
      '2026-10-27+0100.json',
    ]);
    expect(sums(await run.report(QUESTION))).toEqual(before);
    await run.settle(NOON + 200 * DAY);
    expect(await names('')).toEqual(['latest.json', 'months']);
    expect(await names('months')).toEqual(['2026-10+0200.json']);
    expect(sums(await run.report(QUESTION))).toEqual(before);
    const { groups, covered } = await run.report({ granularity: 'hour' });
    expect(groups.map(({ period, requests }) => [period, requests])).toEqual([
      ['2026-10-01T00:00:00+02:00', 60],
    ]);
    expect(covered).toEqual({
      fromMs: Date.parse('2026-10-01T00:00:00+02:00'),
      untilMs: Date.parse('2026-11-01T00:00:00+01:00'),
    });
  });

  it('stay as they are for a week, and for a quarter', async () => {
    await record(2);
    await run.settle(NOON + 7 * DAY);
    expect(await names('2026-10-24')).toHaveLength(2);
    await run.settle(NOON + 9 * DAY);
    expect(await names('2026-10-24')).toEqual([]);
    await run.settle(NOON + 92 * DAY);
    expect(await names('days')).toHaveLength(1);
    await run.settle(NOON + 100 * DAY);
    expect(await names('days')).toHaveLength(0);
  });

  it('take in what comes late for a day or month that is put together already', async () => {
    await record(3);
    await run.settle(NOON + 20 * DAY);
    await record(2);
    await run.settle(NOON + 20 * DAY);
    await run.settle(NOON + 21 * DAY);
    expect(await names('days')).toEqual(['2026-10-24+0200.json']);
    expect((await run.report()).total.requests).toBe(5);
    await run.settle(NOON + 200 * DAY);
    await record(1);
    await run.settle(NOON + 200 * DAY);
    await run.settle(NOON + 201 * DAY);
    expect(await names('months')).toEqual(['2026-10+0200.json']);
    expect((await run.report()).total.requests).toBe(6);
  });
});

import { appendFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../src-main/contract/request-record.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { LoggedUsage } from '../../support/logged-usage.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LOG = 'requests-2026-01-15.jsonl';

let cleanUp: CleanUp;
let dataDir: string;
let first: LoggedUsage;

/** Ten requests in each of three hours, the last four of them logged and not settled. */
beforeEach(async () => {
  cleanUp = createCleanUp();
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  dataDir = folder.path;
  first = new LoggedUsage(dataDir);
  await first.open();
  for (const hour of [0, 1, 2]) {
    await first.record(requests(10, hour).slice(0, hour === 2 ? 6 : 10));
    await first.settle(NOON);
  }
  await first.record(requests(4, 2));
});
afterEach(() => cleanUp.run());

function requests(count: number, hour: number): RequestRecord[] {
  return Array.from({ length: count }, (_, at) =>
    aRecord({ time: NOON + hour * HOUR + at, latency_ms: 1000, tokens_in: 3 }),
  );
}

const usage = (...names: string[]): string => join(dataDir, 'usage', ...names);

async function nextStart(): Promise<LoggedUsage> {
  const next = new LoggedUsage(dataDir);
  await next.open();
  return next;
}

async function byHour(run: LoggedUsage): Promise<number[]> {
  const { groups } = await run.report({ granularity: 'hour' });
  return groups.map(({ requests: count }) => count);
}

/** Whatever the next start finds, it and the one after it count every request once. */
async function expectAll(): Promise<LoggedUsage> {
  const next = await nextStart();
  expect(await byHour(next)).toEqual([10, 10, 10]);
  const after = await nextStart();
  expect(await byHour(after)).toEqual([10, 10, 10]);
  expect(after.said).toEqual([]);
  return next;
}

describe('files that cannot be read', () => {
  it('are counted again from the log, kept, and said: the hour that was written last', async () => {
    await writeFile(usage('2026-01-15', '14+0000.json'), '{"v":1,"rows":');
    const { said } = await expectAll();
    expect(said).toMatchObject([{ fields: { file: '2026-01-15/14+0000.json', requests: 6 } }]);
    expect(await readdir(usage('2026-01-15'))).toContain(
      said[0]?.fields.kept?.toString().slice('2026-01-15/'.length),
    );
  });

  it('are counted again: an hour that had ended', async () => {
    await writeFile(usage('2026-01-15', '12+0000.json'), Buffer.alloc(500));
    const { said } = await expectAll();
    expect(said).toMatchObject([{ fields: { file: '2026-01-15/12+0000.json', requests: 10 } }]);
  });

  it('are counted again: a file that is gone', async () => {
    await rm(usage('2026-01-15', '14+0000.json'));
    await expectAll();
  });

  it('are counted again: a file of a newer version', async () => {
    await writeFile(usage('2026-01-15', '13+0000.json'), '{"v":2}');
    const { said } = await expectAll();
    expect(said[0]?.fields.reason).toContain('version');
  });

  it('are not missed: the file that tells which was written last', async () => {
    await rm(usage('latest.json'));
    await expectAll();
    await writeFile(usage('latest.json'), 'no JSON');
    const next = await nextStart();
    expect(await byHour(next)).toEqual([10, 10, 10]);
    expect(next.said[0]?.message).toContain('latest.json');
  });

  it('are not missed: all of them', async () => {
    await rm(usage(), { recursive: true });
    await expectAll();
  });

  it('are counted again: a day that hours were put together to', async () => {
    await first.settle(NOON + 30 * DAY);
    await writeFile(usage('days', '2026-01-15+0000.json'), '');
    const next = await nextStart();
    expect((await next.report()).total).toMatchObject({ requests: 30, tokens_in: 90 });
    expect((await next.report({ granularity: 'day' })).groups).toHaveLength(1);
    expect(next.said).toMatchObject([{ fields: { requests: 30 } }]);
  });

  it('lead nobody out of the folder', async () => {
    const outside = join(dataDir, 'outside.json');
    await writeFile(outside, 'mine');
    const journal = { promote: [], remove: ['../outside.json'] };
    await writeFile(
      usage('latest.json'),
      JSON.stringify({ v: 1, commit: 9, head: null, log_offset: {}, journal }),
    );
    await expectAll();
    expect(await readdir(dataDir)).toContain('outside.json');
  });
});

describe('a log', () => {
  it('whose last line a crash has torn is counted without it, which is said once', async () => {
    await appendFile(join(dataDir, 'logs', LOG), '{"v":1,"time":"2026-01-15T14:');
    const { said } = await expectAll();
    expect(said).toMatchObject([{ fields: { unreadable: 1, of_a_newer_version: 0 } }]);
  });

  it('with lines that are no records, or a newer version’s, is counted without them, which is said', async () => {
    const lines = ['', 'garbage', 'null', '[]', '{"v":2,"time":"2026-01-15T14:00:00Z"}', '{"v":1}', '\u0000'];
    await appendFile(join(dataDir, 'logs', LOG), lines.map((line) => `${line}\n`).join(''));
    const { said } = await expectAll();
    expect(said).toMatchObject([{ fields: { unreadable: 5, of_a_newer_version: 1 } }]);
  });

  it('that has lost its end in a power cut is not counted again, and what is added to it is counted', async () => {
    await truncate(join(dataDir, 'logs', LOG), 500);
    const next = await nextStart();
    expect(await byHour(next)).toEqual([10, 10, 6]);
    expect(next.said).toMatchObject([
      { message: expect.stringContaining('shorter'), fields: { bytes: 500 } },
    ]);
    await next.record(requests(25, 2));
    const after = await nextStart();
    expect(await byHour(after)).toEqual([10, 10, 31]);
    expect(after.said).toEqual([]);
  });

  it('that is gone is said to be, with how much of it was counted', async () => {
    await rm(join(dataDir, 'logs', LOG));
    const next = await nextStart();
    expect(await byHour(next)).toEqual([10, 10, 6]);
    expect(next.said).toMatchObject([{ message: expect.stringContaining('gone'), fields: { file: LOG } }]);
  });

  it('of several files is counted from where each was left', async () => {
    await first.record(requests(2, 2), 'requests-2026-01-15.1.jsonl');
    await first.record(requests(3, 12), 'requests-2026-01-16.jsonl');
    const next = await nextStart();
    expect(await byHour(next)).toEqual([10, 10, 12, 3]);
    expect(await new LoggedUsage(dataDir).open()).toBe(0);
  });

  it('goes on in other hours where the time zone was changed, none counted twice', async () => {
    const next = new LoggedUsage(dataDir, undefined, 'Asia/Kolkata');
    expect(await next.open()).toBe(4);
    expect((await next.report()).total.requests).toBe(30);
    expect(await readdir(usage('2026-01-15'))).toContain('19+0530.json');
    await next.settle(NOON + 30 * DAY);
    expect((await next.report()).total.requests).toBe(30);
    expect((await readdir(usage('days'))).sort()).toEqual(['2026-01-15+0000.json', '2026-01-15+0530.json']);
  });
});

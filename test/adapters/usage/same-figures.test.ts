import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUsageExport } from '../../../src-main/adapters/usage-export.ts';
import { emptyDocument } from '../../../src-main/contract/document.ts';
import { OUTCOMES, type RequestRecord } from '../../../src-main/contract/request-record.ts';
import { DIMENSIONS, type Dimension, GRANULARITIES } from '../../../src-main/contract/statistics.ts';
import type { UsageQuestion } from '../../../src-main/core/control-ports.ts';
import { filledTimeline } from '../../../src-main/core/filled-timeline.ts';
import { usageCalendar } from '../../../src-main/core/usage/usage-period.ts';
import { LoggedUsage } from '../../support/logged-usage.ts';
import { rounds } from '../../support/long-run.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { aQuestion } from '../../support/usage-records.ts';

const DAY_MS = 86_400_000;
/** The first of a month: a period counts where its start lies in the range. */
const FIRST_MS = Date.UTC(2026, 2, 1);
/** Long enough for months, days, hours, and days added up. */
const DAYS = 130;
const calendar = usageCalendar('UTC');

/** The figures that are compared, each with the member of a log line it is the sum of. */
const SUMMED = { tokens_in: 'tokens_in', tokens_out: 'tokens_out', bytes_out: 'bytes_out' } as const;
const MEMBERS: Readonly<Record<Dimension, string>> = {
  user: 'user',
  key: 'key_id',
  channel: 'channel',
  endpoint: 'endpoint',
  model: 'model',
  protocol: 'protocol',
  outcome: 'outcome',
  error: 'error_code',
};

type Line = object;
type Figures = Readonly<Record<string, number>>;

const names: Readonly<Record<Dimension, readonly string[]>> = {
  user: ['ann', 'bob', ''],
  key: ['key_1', 'key_2'],
  channel: ['openai', 'claude'],
  endpoint: ['/v1/chat/completions', '/v1/embeddings'],
  model: ['gpt-4o', 'o3', ''],
  protocol: ['http', 'sse'],
  outcome: OUTCOMES,
  error: ['', 'rate_limited'],
};
const orNull = (name: string): string | null => (name === '' ? null : name);
const tokens = fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: null });

/** Of few users, models and days, so that there are periods in which only others had traffic. */
const records: fc.Arbitrary<RequestRecord[]> = fc.array(
  fc
    .record({
      time: fc.integer({ min: 0, max: DAYS * 24 - 1 }).map((hour) => FIRST_MS + hour * 3_600_000),
      user: fc.constantFrom(...names.user).map(orNull),
      key_id: fc.constantFrom(...names.key),
      channel: fc.constantFrom(...names.channel),
      endpoint: fc.constantFrom(...names.endpoint),
      model: fc.constantFrom(...names.model).map(orNull),
      protocol: fc.constantFrom('http', 'sse'),
      outcome: fc.constantFrom(...OUTCOMES),
      error_code: fc.constantFrom(...names.error).map(orNull),
      latency_ms: fc.integer({ min: 0, max: 5_000_000 }).map((us) => us / 1000),
      tokens_in: tokens,
      tokens_out: tokens,
      bytes_out: fc.integer({ min: 0, max: 1_000_000 }),
      cost: fc.option(
        fc.integer({ min: 0, max: 10 ** 12 }).map((nano) => nano / 1e9),
        { nil: null },
      ),
    })
    .map((members) => aRecord(members)),
  { maxLength: 40 },
);

const filters = fc
  .uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 2 })
  .chain((dimensions) =>
    fc
      .tuple(
        ...dimensions.map((one) =>
          fc.tuple(fc.constant(one), fc.uniqueArray(fc.constantFrom(...names[one]), { maxLength: 2 })),
        ),
      )
      .map((entries): UsageQuestion['where'] => Object.fromEntries(entries)),
  );

const questions: fc.Arbitrary<UsageQuestion> = fc.record({
  fromMs: fc.constant(FIRST_MS),
  untilMs: fc.constant(FIRST_MS + DAYS * DAY_MS),
  by: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 2 }),
  granularity: fc.constantFrom(...GRANULARITIES, null),
  where: filters,
  percentiles: fc.constantFrom([], [50]),
});

/** Every line of the request log as it stands on the disk. */
async function linesOf(logs: string): Promise<Line[]> {
  const files = await readdir(logs);
  const texts = await Promise.all(files.map((name) => readFile(join(logs, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
}

const memberOf = (line: Line, member: string): unknown => Reflect.get(line, member);
const namedBy = (line: Line, dimension: Dimension): string =>
  String(memberOf(line, MEMBERS[dimension]) ?? '');

const isAsked = (line: Line, { where }: UsageQuestion): boolean =>
  DIMENSIONS.every((one) => where[one]?.includes(namedBy(line, one)) ?? true);

/** Adds up lines, or rows that name their figures alike. */
function added(rows: readonly Line[], requests: (row: Line) => number): Figures {
  const sum = (amount: (row: Line) => number) => rows.reduce((total, row) => total + amount(row), 0);
  const figures = Object.entries(SUMMED).map(([figure, member]) => [
    figure,
    sum((row) => Number(memberOf(row, member) ?? 0)),
  ]);
  return { requests: sum(requests), ...Object.fromEntries(figures) };
}

function grouped(
  rows: readonly Line[],
  { by }: UsageQuestion,
  name: (row: Line, dimension: Dimension) => string,
  requests: (row: Line) => number,
): Readonly<Record<string, Figures>> {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map((dimension) => name(row, dimension))));
  return Object.fromEntries([...groups].map(([key, same]) => [key, added(same, requests)]));
}

/** What some lines cost, added up as billionths, which are whole; `null` where something was used and nothing has a price. */
function costOf(lines: readonly Line[]): number | null {
  const costs = lines.map((line) => memberOf(line, 'cost')).filter((cost) => cost !== null);
  const isUsed = lines.some(
    (line) =>
      Number(memberOf(line, 'tokens_in')) + Number(memberOf(line, 'tokens_out')) > 0 ||
      (memberOf(line, 'model') !== null &&
        ['success', 'partial'].includes(String(memberOf(line, 'outcome')))),
  );
  if (costs.length === 0 && isUsed) return null;
  return costs.reduce<number>((nano, cost) => nano + Math.round(Number(cost) * 1e9), 0) / 1e9;
}

/** Part of the rows in months, days, hours and days added up, part of them in no file yet. */
async function countedUsage(some: readonly RequestRecord[], dataDir: string): Promise<LoggedUsage> {
  const usage = new LoggedUsage(dataDir);
  await usage.open();
  const settled = Math.ceil(some.length * 0.7);
  await usage.record(some.slice(0, settled));
  await usage.settle(FIRST_MS + DAYS * DAY_MS);
  await usage.record(some.slice(settled));
  await usage.add();
  return usage;
}

async function expectSameFigures(some: readonly RequestRecord[], question: UsageQuestion): Promise<void> {
  const folder = await tempFolder();
  try {
    const usage = await countedUsage(some, folder.path);
    const lines = (await linesOf(usage.place.logs)).filter((line) => isAsked(line, question));
    const plain = added(lines, () => 1);
    const counted = (row: Line): number => Number(memberOf(row, 'requests'));

    const summary = await usage.report({ ...question, by: [], granularity: null });
    expect(summary.total).toMatchObject(plain);
    expect(summary.total.cost).toBe(costOf(lines));
    for (const granularity of GRANULARITIES) {
      const report = await usage.report({ ...question, by: [], granularity });
      const items = filledTimeline(report, question, granularity, calendar);
      expect(added(items, counted), granularity).toEqual(plain);
      expect(report.total, granularity).toMatchObject(plain);
    }

    const write = createUsageExport({
      usage,
      document: () => ({ ...emptyDocument(), system: { time_zone: 'UTC' } }),
    });
    const exported: Line[] = await new Response(await write(question, 'json')).json();
    const ofRow = (row: Line, dimension: Dimension): string => String(memberOf(row, dimension));
    expect(grouped(exported, question, ofRow, counted)).toEqual(grouped(lines, question, namedBy, () => 1));
  } finally {
    await folder.remove();
  }
}

describe('whatever is asked for, and however it is stored', () => {
  it('the timeline, the summary and the export say what a plain recount of the log says', async () => {
    await fc.assert(fc.asyncProperty(records, questions, expectSameFigures), { numRuns: rounds(20, 1_000) });
  });

  it('a timeline of one user has all periods, also those after one in which only others had traffic', async () => {
    const folder = await tempFolder();
    const on = (day: number, user: string) => aRecord({ time: Date.UTC(2026, 10, day, 9), user });
    const days = { bob: [23, 24, 25, 26, 27], ann: [23, 25, 26, 27] };
    const usage = await countedUsage(
      Object.entries(days).flatMap(([user, some]) => some.map((day) => on(day, user))),
      folder.path,
    );
    const where = { user: ['ann'] };
    const { groups, total } = await usage.report(aQuestion({ granularity: 'day', where }));
    expect(total.requests).toBe(4);
    expect(groups.map(({ period, requests }) => [period, requests])).toEqual([
      ['2026-11-23T00:00:00+00:00', 1],
      ['2026-11-25T00:00:00+00:00', 1],
      ['2026-11-26T00:00:00+00:00', 1],
      ['2026-11-27T00:00:00+00:00', 1],
    ]);
    await folder.remove();
  });
});

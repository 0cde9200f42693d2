import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Dimension } from '../../../src-main/contract/statistics.ts';
import type { UsageQuestion } from '../../../src-main/core/control-ports.ts';
import { tableOf } from '../../../src-main/core/usage/counted-table.ts';
import { type CountableRecord, UsageCounting } from '../../../src-main/core/usage/usage-counting.ts';
import { decodeTable, encodeTable } from '../../../src-main/core/usage/usage-file.ts';
import { usageCalendar } from '../../../src-main/core/usage/usage-period.ts';
import { type PeriodTable, ReportSum } from '../../../src-main/core/usage/usage-report.ts';
import { ROW_DIMENSIONS } from '../../../src-main/core/usage/usage-row.ts';
import { mergeTables } from '../../../src-main/core/usage/usage-table.ts';
import { aQuestion, countableRecord, USAGE_NOON } from '../../support/usage-records.ts';

const ZONE = 'Europe/Berlin';
const calendar = usageCalendar(ZONE);
const records = fc.array(countableRecord, { maxLength: 60 });

/** Every model is configured, so that names are what they were. */
function hoursOf(some: readonly CountableRecord[]): PeriodTable[] {
  const counting = new UsageCounting();
  counting.configure({ timeZone: ZONE, models: ['*'] });
  for (const record of some) counting.add(record);
  return counting.drain().map((hour) => ({ ...hour, table: tableOf(hour) }));
}

function ask(periods: readonly PeriodTable[], members: Partial<UsageQuestion> = {}) {
  const sum = new ReportSum(aQuestion(members), calendar);
  for (const period of periods) sum.add(period);
  return sum.report();
}

const nameOf = (record: CountableRecord, dimension: Dimension): string => {
  if (dimension === 'key') return record.key_id ?? '';
  if (dimension === 'error') return record.error_code ?? '';
  return record[dimension] ?? '';
};

const sum = (some: readonly CountableRecord[], amount: (record: CountableRecord) => number | null): number =>
  some.reduce((total, record) => total + (amount(record) ?? 0), 0);

describe('a report', () => {
  it('names the dimensions as the contract does', () => {
    expect([...ROW_DIMENSIONS]).toEqual([...DIMENSIONS]);
  });

  it('equals sums made by hand, whatever is asked for', () => {
    const by = fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 3 });
    fc.assert(
      fc.property(records, by, (some, dimensions) => {
        const groups = Map.groupBy(some, (record) =>
          JSON.stringify(dimensions.map((one) => nameOf(record, one))),
        );
        const told = ask(hoursOf(some), { by: dimensions });
        expect(told.groups).toHaveLength(groups.size);
        for (const group of told.groups) {
          const same = groups.get(JSON.stringify(dimensions.map((one) => group.group[one]))) ?? [];
          expect(group.requests).toBe(same.length);
          expect(group.tokens_in).toBe(sum(same, ({ tokens_in }) => tokens_in));
          const costs = same.flatMap(({ cost }) => cost ?? []);
          expect(group.cost).toBe(
            costs.length === 0 && group.unpriced > 0
              ? null
              : sum(same, ({ cost }) => Math.round((cost ?? 0) * 1e9)) / 1e9,
          );
          expect(group.tokens_total).toBe(group.tokens_in + group.tokens_out);
          expect(group.latency_ms_sum).toBeCloseTo(
            sum(same, ({ protocol, latency_ms, ttfb_ms }) =>
              protocol === 'websocket' ? (ttfb_ms ?? latency_ms) : latency_ms,
            ),
            6,
          );
          expect(group.success).toBe(same.filter(({ outcome }) => outcome === 'success').length);
          expect(group.partial).toBe(same.filter(({ outcome }) => outcome === 'partial').length);
        }
        expect(told.total.requests).toBe(some.length);
        expect(told.total.bytes_out).toBe(sum(some, ({ bytes_out }) => bytes_out));
      }),
    );
  });

  it('counts only what is asked for, by any name there may be', () => {
    fc.assert(
      fc.property(records, fc.constantFrom('alice', '__proto__', 'a\nb', 'nobody'), (some, user) => {
        const told = ask(hoursOf(some), { where: { user: [user], protocol: ['http', 'sse'] } });
        const wanted = some.filter((record) => record.user === user && record.protocol !== 'websocket');
        expect(told.total.requests).toBe(wanted.length);
      }),
    );
  });

  it('adds up over ranges that adjoin', () => {
    const moment = fc.integer({ min: USAGE_NOON, max: USAGE_NOON + 3 * 86_400_000 });
    fc.assert(
      fc.property(records, moment, (some, cutMs) => {
        const periods = hoursOf(some);
        const [before, after, all] = [
          ask(periods, { untilMs: cutMs }),
          ask(periods, { fromMs: cutMs }),
          ask(periods),
        ];
        expect(before.total.requests + after.total.requests).toBe(all.total.requests);
        expect(before.total.tokens_out + after.total.tokens_out).toBe(all.total.tokens_out);
      }),
    );
  });
});

describe('the groups of a report', () => {
  it('sorts by period, then by requests, and names periods in the zone', () => {
    const at = (time: string, user: string) => ({ ...base, user, time: Date.parse(time), latency_ms: 0 });
    const base = fc.sample(countableRecord, { numRuns: 1, seed: 1 })[0] as CountableRecord;
    const some = [
      at('2026-10-25T00:30:00Z', 'b'),
      at('2026-10-25T01:30:00Z', 'a'),
      at('2026-10-25T01:31:00Z', 'b'),
      at('2026-10-25T01:32:00Z', 'b'),
    ];
    const told = ask(hoursOf(some), { by: ['user'], granularity: 'hour' });
    expect(told.groups.map(({ period, group, requests }) => [period, group.user, requests])).toEqual([
      ['2026-10-25T02:00:00+02:00', 'b', 1],
      ['2026-10-25T02:00:00+01:00', 'b', 2],
      ['2026-10-25T02:00:00+01:00', 'a', 1],
    ]);
    expect(ask(hoursOf(some), { granularity: 'day' }).groups.map(({ period }) => period)).toEqual([
      '2026-10-25T00:00:00+02:00',
    ]);
  });

  it('tells what was counted from when until when', () => {
    expect(ask([]).covered).toBeNull();
    expect(ask([]).total).toMatchObject({ requests: 0, success_rate: null, latency_ms_mean: null });
  });
});

describe('rows', () => {
  it('give the same report through a file and back', () => {
    fc.assert(
      fc.property(records, (some) => {
        const periods = hoursOf(some);
        const head = {
          time_zone: ZONE,
          start: '2026-10-24T12:00:00+02:00',
          end: '2026-10-24T13:00:00+02:00',
          commit: 1,
          log_offset: { a: 1 },
        };
        const read = periods.map((period) => {
          const file: unknown = JSON.parse(JSON.stringify(encodeTable(head, period.table)));
          const { table, head: headRead } = decodeTable(file);
          expect(headRead).toEqual(head);
          return { ...period, table };
        });
        const members = { by: [...DIMENSIONS], percentiles: [50, 99] };
        expect(ask(read, members)).toEqual(ask(periods, members));
      }),
    );
  });

  it('lose nothing but their hours when they are put together', () => {
    fc.assert(
      fc.property(records, (some) => {
        const periods = hoursOf(some);
        const together = [
          {
            startMs: USAGE_NOON,
            untilMs: USAGE_NOON + 1,
            table: mergeTables(periods.map(({ table }) => table)),
          },
        ];
        const members = { by: ['user', 'model', 'outcome'] as const, percentiles: [1, 50, 99.9] };
        const sorted = (told: ReturnType<typeof ask>) =>
          told.groups.map((group) => JSON.stringify(group)).sort();
        expect(sorted(ask(together, members))).toEqual(sorted(ask(periods, members)));
        expect(ask(together, members).total).toEqual(ask(periods, members).total);
      }),
    );
  });

  it('are refused where their file is not what it should be', () => {
    const file = encodeTable(
      {
        time_zone: ZONE,
        start: '2026-10-24T12:00:00+02:00',
        end: '2026-10-24T13:00:00+02:00',
        commit: 1,
        log_offset: {},
      },
      mergeTables(hoursOf(fc.sample(countableRecord, { numRuns: 5, seed: 2 })).map(({ table }) => table)),
    );
    const broken: unknown[] = [
      null,
      [],
      'x',
      {},
      { ...file, v: 2 },
      { ...file, rows: 6 },
      { ...file, names: {} },
      { ...file, start: 'x' },
      { ...file, latency: [] },
      { ...file, log_offset: { a: -1 } },
      { ...file, sums: { requests: [1] } },
      { ...file, sums: { requests: ['1', 2, 3, 4, 5] } },
      { ...file, dimensions: { ...file.dimensions, user: [99, 0, 0, 0, 0] } },
    ];
    for (const content of broken) expect(() => decodeTable(content)).toThrow(/\S/);
    expect(decodeTable(file).table.rows).toBe(5);
  });
});

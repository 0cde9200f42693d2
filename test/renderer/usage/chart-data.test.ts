import { describe, expect, test } from 'vitest';
import { largest, overTime, seriesFor } from '../../../src-renderer/features/usage/chart-data.ts';
import type { MeasureName } from '../../../src-renderer/features/usage/measures.ts';
import type {
  GroupsAnswer,
  TimelineAnswer,
  UsageItem,
} from '../../../src-renderer/features/usage/usage-answer.ts';
import { figures } from './figures.ts';

const RANGE = { start_time: '', end_time: '', time_zone: 'UTC', covered: null, currency: null };
const timeline: TimelineAnswer = {
  ...RANGE,
  granularity: 'day',
  total: figures(10),
  items: [
    { ...figures(10), period: 'one' },
    { ...figures(0), period: 'two' },
  ],
};
const item = (model: string, requests: number, period?: string): UsageItem => ({
  ...figures(requests),
  model,
  ...(period === undefined ? {} : { period }),
});
const groups: GroupsAnswer = {
  ...RANGE,
  total: figures(7),
  count: 2,
  items: [item('gpt-4.1', 6, 'one'), item('b', 1, 'one'), item('unasked', 9, 'one')],
};

const drawn = (measure: MeasureName, othersCount: number) =>
  overTime({
    timeline,
    groups,
    top: [item('gpt-4.1', 6), item('b', 1)],
    othersCount,
    by: 'model',
    measure,
    titleOf: ({ model }) => model ?? '',
    othersTitle: 'others',
    periodText: (period) => `at ${period}`,
  });

describe('a chart over time', () => {
  test('has the groups that are asked for, and all others as what is left', () => {
    const { data, series } = drawn('requests', 3);
    expect(data).toEqual([
      { period: 'at one', group0: 6, group1: 1, others: 3 },
      { period: 'at two', group0: 0, group1: 0, others: 0 },
    ]);
    expect(series.map(({ label }) => label)).toEqual(['gpt-4.1', 'b', 'others']);
  });

  test('has no others where there are none, or where they do not add up', () => {
    expect(drawn('requests', 0).series).toHaveLength(2);
    expect(drawn('p95', 3).series).toHaveLength(2);
  });

  test('leaves a gap where a rate or a percentile is none', () => {
    expect(drawn('p95', 0).data).toEqual([
      { period: 'at one', group0: 900, group1: 900 },
      { period: 'at two' },
    ]);
  });

  test.each([
    ['bar', 31, 'requests', 7],
    ['bar', 92, 'requests', 2],
    ['bar', 360, 'requests', 0],
    ['bar', 360, 'p95', 1],
    ['area', 360, 'requests', 1],
    ['line', 25, 'p95', 7],
  ] as const)('as %s over %i periods of %s has %i groups of their own', (kind, periods, measure, count) => {
    expect(seriesFor(kind, periods, measure)).toBe(count);
  });

  test('takes the largest groups by the measure', () => {
    const items = [item('a', 1), item('b', 5), { ...item('c', 3), cost: 9 }];
    expect(largest(items, 'requests', 2).map(({ model }) => model)).toEqual(['b', 'c']);
    expect(largest(items, 'cost', 1).map(({ model }) => model)).toEqual(['c']);
  });
});

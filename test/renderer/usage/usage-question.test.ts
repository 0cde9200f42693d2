import { describe, expect, test } from 'vitest';
import { periodStart } from '../../../src-renderer/features/usage/period-start.ts';
import { sortedRows, type UsageRow } from '../../../src-renderer/features/usage/table-rows.ts';
import { addressOf } from '../../../src-renderer/features/usage/usage-address.ts';
import {
  exportGrouping,
  queryOf,
  questionOf,
  rangeOf,
} from '../../../src-renderer/features/usage/usage-question.ts';
import { figures } from './figures.ts';

const NOW = Date.UTC(2026, 10, 21, 12, 34);
const address = (query: string) => addressOf(new URLSearchParams(query));

describe('the start of an hour or a day', () => {
  test.each<[string, 'hour' | 'day', string, string]>([
    ['2026-11-21T12:34:56.789Z', 'hour', 'UTC', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T12:34:56.789Z', 'day', 'Asia/Shanghai', '2026-11-20T16:00:00.000Z'],
    ['2026-11-21T12:34:56.789Z', 'hour', 'Asia/Kolkata', '2026-11-21T12:30:00.000Z'],
    // Clocks went back at 01:00 UTC: the day began in summer time.
    ['2026-10-25T12:00:00.000Z', 'day', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-03-29T12:00:00.000Z', 'day', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ])('of %s (%s, %s) is %s', (time, unit, zone, start) => {
    expect(new Date(periodStart(Date.parse(time), unit, zone)).toISOString()).toBe(start);
  });
});

describe('the question for usage', () => {
  test.each([
    ['range=24h', '2026-11-20T12:00:00.000Z', '2026-11-21T12:34:00.000Z'],
    ['', '2026-11-14T00:00:00.000Z', '2026-11-21T12:34:00.000Z'],
    ['start_time=2026-11-01T00:00:00Z&range=1h', '2026-11-01T00:00:00.000Z', '2026-11-21T12:34:00.000Z'],
    ['start_time=x&end_time=2026-11-01T00:00:00Z', '2026-10-31T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
  ])('of the address %j begins with a period that is counted', (query, start_time, end_time) => {
    expect(rangeOf(address(query), NOW, 'UTC')).toEqual({ start_time, end_time });
  });

  test.each([
    // A Saturday evening in UTC, a Sunday morning in Shanghai: the week that ended is that from the 9th on.
    [
      'last_week',
      '2026-11-21T20:00:00Z',
      'Asia/Shanghai',
      '2026-11-08T16:00:00.000Z',
      '2026-11-15T16:00:00.000Z',
    ],
    ['last_week', '2026-11-23T00:00:00Z', 'UTC', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    // Clocks went back on the 25th of October.
    [
      'last_week',
      '2026-10-28T12:00:00Z',
      'Europe/Berlin',
      '2026-10-18T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ],
    ['this_month', '2026-11-21T12:34:00Z', 'UTC', '2026-11-01T00:00:00.000Z', '2026-11-21T12:34:00.000Z'],
    ['last_month', '2026-01-03T12:00:00Z', 'UTC', '2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    [
      'last_month',
      '2026-11-03T12:00:00Z',
      'Europe/Berlin',
      '2026-09-30T22:00:00.000Z',
      '2026-10-31T23:00:00.000Z',
    ],
  ])('of the %s, asked at %s in %s, is by the calendar', (range, now, zone, start_time, end_time) => {
    expect(rangeOf(address(`range=${range}`), Date.parse(now), zone)).toEqual({ start_time, end_time });
  });

  test('is sorted by the figure that is looked at, unless the address says otherwise', () => {
    expect(address('measure=cost').sort).toBe('-cost');
    expect(address('measure=cost&sort=title').sort).toBe('title');
    expect(address('').sort).toBe('-requests');
  });

  test('leaves the granularity to the server where hours would be too many', () => {
    expect(questionOf(address('range=30d&granularity=hour'), NOW, 'UTC').granularity).toBe(null);
    expect(questionOf(address('range=7d&granularity=hour'), NOW, 'UTC').granularity).toBe('hour');
  });

  test('repeats filters, and asks only for failures where errors are grouped', () => {
    const question = questionOf(address('by=error&user=a&user=b&outcome=partial'), NOW, 'UTC');
    const query = new URLSearchParams(queryOf(question, { granularity: '', limit: '5' }));
    expect([
      query.getAll('user'),
      query.getAll('outcome'),
      query.has('granularity'),
      query.get('limit'),
    ]).toEqual([['a', 'b'], ['partial'], false, '5']);
    expect(questionOf(address('by=error'), NOW, 'UTC').filters.outcome).not.toContain('success');
  });

  test.each([
    ['by=user', 'user'],
    ['by=error&rows=both', 'outcome,error,day'],
    ['rows=time', 'day'],
  ])('of the address %j exports by %j', (query, grouping) => {
    expect(exportGrouping(address(query), 'day')).toBe(grouping);
  });

  test('of an address that says nothing sensible is the first one', () => {
    expect(address('range=x&by=y&measure=z&chart=&rows=1&granularity=week')).toEqual(address(''));
  });
});

describe('the rows of the table', () => {
  const row = (title: string, requests: number, period = ''): UsageRow => ({
    key: title,
    title,
    id: '',
    period,
    figures: figures(requests),
    value: title,
  });
  test('are sorted by name, time or figure, either way', () => {
    const rows = [row('b', 2, '2026-11-02T00:00:00Z'), row('a', 0, '2026-11-01T00:00:00+08:00'), row('c', 5)];
    const titles = (sort: string): string =>
      sortedRows(rows, sort)
        .map(({ title }) => title)
        .join('');
    expect([titles('title'), titles('-requests'), titles('success_rate'), titles('unknown')]).toEqual([
      'abc',
      'cba',
      'abc',
      'bac',
    ]);
    expect(sortedRows(rows.slice(0, 2), '-period').map(({ title }) => title)).toEqual(['b', 'a']);
  });
});

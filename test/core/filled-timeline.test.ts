import { describe, expect, it } from 'vitest';
import { filledTimeline, fittingGranularity } from '../../src-main/core/filled-timeline.ts';
import { usageCalendar } from '../../src-main/core/usage/usage-period.ts';
import { someFigures } from '../support/figures.ts';

const at = (text: string) => Date.parse(text);

function timeline(
  from: string,
  until: string,
  granularity: 'hour' | 'day' | 'month',
  used: readonly string[] = [],
  zone = 'Europe/Berlin',
) {
  const calendar = usageCalendar(zone);
  const groups = used.map((period) => ({ ...someFigures({ requests: 1 }), group: {}, period }));
  const question = { fromMs: at(from), untilMs: at(until), granularity, where: {}, percentiles: [50] };
  return filledTimeline({ groups, total: someFigures(), covered: null }, question, granularity, calendar).map(
    ({ period, requests }) => (requests === 0 ? period : `${period} used`),
  );
}

describe('a timeline', () => {
  it('has every hour that begins in the range, used or not', () => {
    expect(
      timeline('2026-01-10T09:30:00Z', '2026-01-10T12:00:01Z', 'hour', ['2026-01-10T12:00:00+01:00']),
    ).toEqual(['2026-01-10T11:00:00+01:00', '2026-01-10T12:00:00+01:00 used', '2026-01-10T13:00:00+01:00']);
  });

  it('has the day in which the range begins', () => {
    expect(timeline('2026-01-10T09:30:00Z', '2026-01-11T23:30:00Z', 'day')).toEqual([
      '2026-01-10T00:00:00+01:00',
      '2026-01-11T00:00:00+01:00',
      '2026-01-12T00:00:00+01:00',
    ]);
  });

  it('has 23 hours on the day that is an hour short, and 25 on the one that is longer', () => {
    expect(timeline('2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00', 'hour')).toHaveLength(23);
    const long = timeline('2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 'hour');
    expect(long).toHaveLength(25);
    expect(new Set(long).size).toBe(25);
  });

  it('has months of any length', () => {
    expect(timeline('2026-01-31T12:00:00Z', '2026-03-01T00:00:00+01:00', 'month')).toEqual([
      '2026-01-01T00:00:00+01:00',
      '2026-02-01T00:00:00+01:00',
    ]);
  });

  it('keeps what stands under a time that is none of its periods, in order', () => {
    const used = ['2026-01-10T05:45:00+05:45'];
    expect(timeline('2026-01-10T00:00:00Z', '2026-01-10T02:00:00Z', 'hour', used, 'UTC')).toEqual([
      '2026-01-10T00:00:00+00:00',
      '2026-01-10T05:45:00+05:45 used',
      '2026-01-10T01:00:00+00:00',
    ]);
  });
});

describe('the granularity that fits', () => {
  it.each([
    [1, 'hour'],
    [72, 'hour'],
    [73, 'day'],
    [2400, 'day'],
    [2401, 'month'],
  ])('%i hours is by %s', (hours, granularity) => {
    expect(fittingGranularity(hours * 3_600_000)).toBe(granularity);
  });
});

import { describe, expect, it } from 'vitest';
import { calendar, daysBefore } from '../../src-main/core/local-day.ts';

const span = (timeZone: string, moment: string) => {
  const day = calendar(timeZone).dayAt(Date.parse(moment));
  return [day.name, new Date(day.fromMs).toISOString(), new Date(day.untilMs).toISOString()];
};

describe('a local day', () => {
  it.each([
    ['UTC', '2026-01-31T00:00:00.000Z', '2026-01-31', '2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    [
      'Asia/Shanghai',
      '2026-01-30T16:00:00Z',
      '2026-01-31',
      '2026-01-30T16:00:00.000Z',
      '2026-01-31T16:00:00.000Z',
    ],
    [
      'Asia/Shanghai',
      '2026-01-30T15:59:59.999Z',
      '2026-01-30',
      '2026-01-29T16:00:00.000Z',
      '2026-01-30T16:00:00.000Z',
    ],
    [
      'Asia/Kathmandu',
      '2026-01-31T12:00:00Z',
      '2026-01-31',
      '2026-01-30T18:15:00.000Z',
      '2026-01-31T18:15:00.000Z',
    ],
  ])('in %s at %s is %s', (timeZone, moment, name, from, until) => {
    expect(span(timeZone, moment)).toEqual([name, from, until]);
  });

  it.each([
    ['of 23 hours when clocks go forward', 'America/New_York', '2026-03-08T12:00:00Z', 23],
    ['of 25 hours when clocks go back', 'America/New_York', '2026-11-01T12:00:00Z', 25],
    ['that begins at one o’clock', 'America/Sao_Paulo', '2018-11-04T12:00:00Z', 23],
    ['before one that was left out altogether', 'Pacific/Apia', '2011-12-30T05:00:00Z', 24],
  ])('can be one %s', (_what, timeZone, moment, hours) => {
    const day = calendar(timeZone).dayAt(Date.parse(moment));
    expect((day.untilMs - day.fromMs) / 3_600_000).toBe(hours);
  });

  it('belongs to a zone that exists', () => {
    expect(() => calendar('Mars/Olympus')).toThrow(RangeError);
    expect(calendar().timeZone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
});

it('counts days back over months and leap years', () => {
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29');
  expect(daysBefore('2026-01-01', 3650)).toBe('2016-01-04');
});

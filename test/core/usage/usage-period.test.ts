import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeriodFileName, periodFileName } from '../../../src-main/core/usage/period-name.ts';
import { usageCalendar } from '../../../src-main/core/usage/usage-period.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

function hoursOf(timeZone: string, from: string, until: string): string[] {
  const calendar = usageCalendar(timeZone);
  const names: string[] = [];
  for (let ms = at(from); ms < at(until); ) {
    const { startMs, untilMs } = calendar.periodAt('hour', ms);
    names.push(periodFileName('hour', startMs, calendar));
    ms = untilMs;
  }
  return names;
}

describe('hours', () => {
  it('has an hour twice, under two names, where the clocks go back', () => {
    expect(hoursOf('Europe/Berlin', '2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z')).toEqual([
      '2026-10-25/01+0200.json',
      '2026-10-25/02+0200.json',
      '2026-10-25/02+0100.json',
      '2026-10-25/03+0100.json',
    ]);
  });

  it('leaves out the hour that is not there where the clocks go forward', () => {
    expect(hoursOf('Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z')).toEqual([
      '2026-03-29/01+0100.json',
      '2026-03-29/03+0200.json',
      '2026-03-29/04+0200.json',
    ]);
  });

  it('begins hours where clocks on the wall do, in zones of half hours too', () => {
    const { startMs } = usageCalendar('Asia/Kolkata').periodAt('hour', at('2026-11-21T10:45:00Z'));
    expect(new Date(startMs).toISOString()).toBe('2026-11-21T10:30:00.000Z');
  });

  it('cuts an hour in two where the clocks change by half an hour within it', () => {
    expect(hoursOf('Australia/Lord_Howe', '2026-04-04T14:00:00Z', '2026-04-04T16:30:00Z')).toEqual([
      '2026-04-05/01+1100.json',
      '2026-04-05/0130+1030.json',
      '2026-04-05/02+1030.json',
    ]);
  });
});

describe('days and months', () => {
  it('has days of 23 and 25 hours, and months that begin at midnight', () => {
    const berlin = usageCalendar('Europe/Berlin');
    const lengthOf = (time: string): number => {
      const { startMs, untilMs } = berlin.periodAt('day', at(time));
      return (untilMs - startMs) / HOUR;
    };
    expect([lengthOf('2026-03-29T12:00:00Z'), lengthOf('2026-10-25T12:00:00Z')]).toEqual([23, 25]);
    const { startMs, untilMs } = berlin.periodAt('month', at('2026-12-31T22:59:59Z'));
    expect([berlin.timeText(startMs), berlin.timeText(untilMs)]).toEqual([
      '2026-12-01T00:00:00+01:00',
      '2027-01-01T00:00:00+01:00',
    ]);
  });
});

describe('periods', () => {
  it('covers every moment once, and tells the start exactly in the name', () => {
    const zones = [
      'Europe/Berlin',
      'Asia/Kolkata',
      'Asia/Shanghai',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'UTC',
    ];
    const calendars = zones.map((zone) => usageCalendar(zone));
    fc.assert(
      fc.property(
        fc.constantFrom(...calendars),
        fc.constantFrom('hour', 'day', 'month'),
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        (calendar, kind, ms) => {
          const period = calendar.periodAt(kind, ms);
          expect(ms).toBeGreaterThanOrEqual(period.startMs);
          expect(ms).toBeLessThan(period.untilMs);
          expect(calendar.periodAt(kind, period.startMs)).toEqual(period);
          expect(calendar.periodAt(kind, period.untilMs).startMs).toBe(period.untilMs);
          const name = periodFileName(kind, period.startMs, calendar);
          expect(parsePeriodFileName(name)).toEqual({ name, kind, startMs: period.startMs });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes no other names for periods', () => {
    for (const name of [
      'latest.json',
      '../2026-11-21/10+0800.json',
      '2026-11-21/10+0800.json.next',
      '2026-13-45/10+0800.json',
      '',
    ]) {
      expect(parsePeriodFileName(name)).toBeNull();
    }
  });
});

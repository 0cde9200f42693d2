import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRANULARITIES } from '../../../src-main/contract/statistics.ts';
import { usageCalendar } from '../../../src-main/core/usage/usage-period.ts';
import { exportSlices } from '../../../src-main/core/usage-export/export-slices.ts';

const HOUR_MS = 3_600_000;
const ask = (fromMs: number, untilMs: number, granularity: (typeof GRANULARITIES)[number] | null) => ({
  fromMs,
  untilMs,
  granularity,
  by: [],
  where: {},
  percentiles: [],
});

describe('the parts of an export', () => {
  it.each(['Europe/Berlin', 'Asia/Kolkata', 'UTC'])('cover its range without a gap in %s', (zone) => {
    const calendar = usageCalendar(zone);
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2027, 0) }),
        fc.integer({ min: 1, max: 80 * 24 * HOUR_MS }),
        fc.constantFrom(...GRANULARITIES, null),
        (fromMs, lengthMs, granularity) => {
          const question = ask(fromMs, fromMs + lengthMs, granularity);
          const parts = [...exportSlices(question, calendar)];
          expect(parts[0]?.fromMs).toBe(question.fromMs);
          expect(parts.at(-1)?.untilMs).toBe(question.untilMs);
          for (const [at, part] of parts.entries()) {
            expect(part.untilMs).toBeGreaterThan(part.fromMs);
            if (at > 0) expect(part.fromMs).toBe(parts[at - 1]?.untilMs);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('never cut a period in two', () => {
    const calendar = usageCalendar('Europe/Berlin');
    const question = ask(Date.UTC(2026, 2, 1), Date.UTC(2026, 3, 15), 'hour');
    for (const { untilMs } of exportSlices(question, calendar)) {
      if (untilMs < question.untilMs) expect(calendar.periodAt('hour', untilMs).startMs).toBe(untilMs);
    }
  });

  it('are one where there are no periods: groups would be torn', () => {
    expect([...exportSlices(ask(0, 1e12, null), usageCalendar('UTC'))]).toHaveLength(1);
  });
});

import type { TimeRange } from '../../ui/time-range.ts';
import { momentOf, wallTime } from './period-start.ts';

/** Ranges that begin and end with the calendar, as reports do. */
export const CALENDAR_RANGES = ['last_week', 'this_month', 'last_month'] as const;
export type CalendarRange = (typeof CALENDAR_RANGES)[number];

/** Whether a range is one of these. */
export const isCalendarRange = (name: string): name is CalendarRange =>
  CALENDAR_RANGES.some((one) => one === name);

const DAYS_A_WEEK = 7;

/**
 * The range by the calendar of a zone. Weeks begin on Monday, as ISO 8601 has it.
 * @param nowMs where this month ends, epoch milliseconds
 */
export function calendarRange(name: CalendarRange, nowMs: number, timeZone: string): TimeRange {
  const now = new Date(wallTime(nowMs, timeZone));
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const monday = day - ((now.getUTCDay() + DAYS_A_WEEK - 1) % DAYS_A_WEEK);
  const midnight = (ofMonth: number, ofDay: number): string =>
    new Date(momentOf(Date.UTC(year, ofMonth, ofDay), timeZone)).toISOString();
  switch (name) {
    case 'last_week':
      return { start_time: midnight(month, monday - DAYS_A_WEEK), end_time: midnight(month, monday) };
    case 'this_month':
      return { start_time: midnight(month, 1), end_time: new Date(nowMs).toISOString() };
    case 'last_month':
      return { start_time: midnight(month - 1, 1), end_time: midnight(month, 1) };
  }
}

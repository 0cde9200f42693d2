import { calendar } from './local-day.ts';

const HOUR_MS = 3_600_000;
/** Noon in UTC lies in the same day in most zones, and in a neighbour of it in the others. */
const TRIED_HOURS = [12, 0, 24];

/**
 * The first moment of a day in a time zone, in epoch milliseconds; `null` where the zone or the calendar has no such day.
 * @param date `2026-11-21`
 * @param timeZone an IANA name; left out, that of the computer
 */
export function startOfDate(date: string, timeZone?: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const midnightMs = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnightMs)) return null;
  const days = calendar(timeZone);
  for (const hours of TRIED_HOURS) {
    const day = days.dayAt(midnightMs + hours * HOUR_MS);
    if (day.name === date) return day.fromMs;
  }
  return null;
}

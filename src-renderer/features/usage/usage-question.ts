import type { Granularity } from '../../../src-main/contract/statistics.ts';
import { rangeUntilNow, type TimeRange } from '../../ui/time-range.ts';
import { calendarRange, isCalendarRange } from './calendar-range.ts';
import { type MeasureName, PERCENTILES } from './measures.ts';
import { periodStart } from './period-start.ts';
import type { Filters, Grouping, UsageAddress } from './usage-address.ts';

const DAY_MS = 24 * 3_600_000;
/** Hours are kept for a week, days for three months. */
export const HOURS_KEPT_MS = 7 * DAY_MS;
export const DAYS_KEPT_MS = 92 * DAY_MS;
/** More points than a chart can show. */
const MOST_HOURS_MS = 15 * DAY_MS;

/** All that is no success. */
const FAILURES = ['client_error', 'platform_error', 'gateway_error', 'aborted', 'partial'] as const;

/** The resource of the statistics for each grouping. */
export const RESOURCES = {
  user: 'users',
  key: 'keys',
  channel: 'channels',
  model: 'models',
  endpoint: 'endpoints',
  protocol: 'protocols',
  outcome: 'outcomes',
  error: 'errors',
} as const satisfies Record<Grouping, string>;

/** What is asked about: when, and which requests. */
export interface UsageQuestion {
  readonly range: TimeRange;
  readonly by: Grouping;
  /** `null` leaves it to the server. */
  readonly granularity: Granularity | null;
  readonly filters: Filters;
}

const timeOr = (text: string, otherwiseMs: number): number => {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? otherwiseMs : ms;
};

/**
 * The range of an address. Ranges of one press begin with an hour or a day, because usage is counted by these.
 * @param nowMs where they end @param timeZone where the counters' days begin
 */
export function rangeOf(address: UsageAddress, nowMs: number, timeZone: string): TimeRange {
  const { range, start_time, end_time } = address;
  if (range !== null && isCalendarRange(range)) return calendarRange(range, nowMs, timeZone);
  if (range !== null) {
    const until = rangeUntilNow(range, nowMs);
    const unit = range === '1h' || range === '24h' ? 'hour' : 'day';
    const startMs = periodStart(Date.parse(until.start_time), unit, timeZone);
    return { ...until, start_time: new Date(startMs).toISOString() };
  }
  const endMs = timeOr(end_time, nowMs);
  const startMs = Math.min(timeOr(start_time, endMs - DAY_MS), endMs - 1);
  return { start_time: new Date(startMs).toISOString(), end_time: new Date(endMs).toISOString() };
}

const lengthOf = ({ start_time, end_time }: TimeRange): number =>
  Date.parse(end_time) - Date.parse(start_time);

/** Whether a range may be looked at by the hour. */
export const hoursFit = (range: TimeRange): boolean => lengthOf(range) <= MOST_HOURS_MS;

/** What an address asks. Grouping by error leaves successes out. */
export function questionOf(address: UsageAddress, nowMs: number, timeZone: string): UsageQuestion {
  const range = rangeOf(address, nowMs, timeZone);
  const { by, filters, granularity } = address;
  const outcomes = filters.outcome;
  const failures = FAILURES.filter((one) => outcomes?.includes(one) ?? true);
  return {
    range,
    by,
    granularity: granularity === 'hour' && !hoursFit(range) ? null : granularity,
    filters: by === 'error' ? { ...filters, outcome: failures } : filters,
  };
}

/** The query of a question. @param more of it; an empty text leaves a member out */
export function queryOf(
  { range, filters }: UsageQuestion,
  more: Readonly<Record<string, string | readonly string[]>>,
): string {
  const query = new URLSearchParams({ ...range, percentiles: PERCENTILES });
  const members = Object.entries<string | readonly string[] | undefined>({ ...filters, ...more });
  for (const [name, value] of members) {
    query.delete(name);
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      if (one !== '' || typeof value !== 'string') query.append(name, one);
    }
  }
  return query.toString();
}

/** The part of a query by which the largest groups by a measure are read, where there are more than can be read. */
export function largestFirst(measure: MeasureName): Readonly<Record<string, string>> {
  if (measure === 'p50') return { sort: 'percentile' };
  if (measure === 'p95') return { sort: 'percentile', percentiles: '95,50' };
  return { sort: measure };
}

/** What an export of the table is grouped by. */
export function exportGrouping(address: UsageAddress, granularity: Granularity): string {
  const dimensions = address.by === 'error' ? 'outcome,error' : address.by;
  switch (address.rows) {
    case 'group':
      return dimensions;
    case 'time':
      return granularity;
    case 'both':
      return `${dimensions},${granularity}`;
  }
}

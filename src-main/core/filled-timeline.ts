import type { Granularity, UsageFigures, UsageGroup } from '../contract/statistics.ts';
import type { UsageQuestion, UsageReport } from './control-ports.ts';
import type { UsageCalendar } from './usage/usage-period.ts';

const DAY_MS = 24 * 3_600_000;

/** What fits a screen: hours of some days, days of some months, months of years. */
export function fittingGranularity(rangeMs: number): Granularity {
  if (rangeMs <= 3 * DAY_MS) return 'hour';
  return rangeMs <= 100 * DAY_MS ? 'day' : 'month';
}

/** The usage of each period, those without any included. */
export interface TimelineEntry extends UsageFigures {
  /** RFC 3339. */
  readonly period: string;
}

/** Puts the periods in which nothing happened between those of a report that is grouped by nothing else. */
export function filledTimeline(
  { groups }: UsageReport,
  question: Omit<UsageQuestion, 'by'>,
  granularity: Granularity,
  calendar: UsageCalendar,
): TimelineEntry[] {
  const byPeriod = new Map<string, TimelineEntry>();
  for (const startMs of periodStarts(question, granularity, calendar)) {
    const period = calendar.timeText(startMs);
    byPeriod.set(period, { ...noUsage(question.percentiles), period });
  }
  for (const group of groups) {
    const entry = entryOf(group);
    if (entry !== null) byPeriod.set(entry.period, entry);
  }
  return [...byPeriod.values()].sort((one, other) => Date.parse(one.period) - Date.parse(other.period));
}

function* periodStarts(
  { fromMs, untilMs }: Omit<UsageQuestion, 'by'>,
  granularity: Granularity,
  calendar: UsageCalendar,
): Generator<number> {
  let period = calendar.periodAt(granularity, fromMs);
  // An hour that began before the range is not counted in it; of a day or month that did, later hours are.
  if (granularity === 'hour' && period.startMs < fromMs) period = calendar.periodAt('hour', period.untilMs);
  while (period.startMs < untilMs) {
    yield period.startMs;
    period = calendar.periodAt(granularity, period.untilMs);
  }
}

function entryOf({ group: _, period, ...figures }: UsageGroup): TimelineEntry | null {
  return period === undefined ? null : { ...figures, period };
}

function noUsage(percentiles: readonly number[]): UsageFigures {
  return {
    requests: 0,
    success: 0,
    client_error: 0,
    platform_error: 0,
    gateway_error: 0,
    aborted: 0,
    partial: 0,
    bytes_in: 0,
    bytes_out: 0,
    tokens_in: 0,
    tokens_out: 0,
    tokens_cached: 0,
    tokens_reasoning: 0,
    tokens_total: 0,
    characters: 0,
    seconds: 0,
    cost: 0,
    unpriced: 0,
    latency_ms_sum: 0,
    success_rate: null,
    latency_ms_mean: null,
    latency_ms_percentiles: Object.fromEntries(percentiles.map((percent) => [String(percent), null])),
  };
}

import type { Dimension, UsageFigures, UsageGroup, UsageSums } from '../../contract/statistics.ts';
import type { UsageQuestion, UsageReport } from '../control-ports.ts';
import { GroupedRows, type RowGroup } from './grouped-rows.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { UsageCalendar } from './usage-period.ts';
import type { UsageTable } from './usage-table.ts';

/** The rows of one period that count for a question. */
export interface PeriodTable {
  readonly startMs: number;
  readonly untilMs: number;
  readonly table: UsageTable;
}

/**
 * Answers a question from the rows of some periods, those whose start lies in the range. A period longer than the
 * granularity asked for stands under its own start.
 * @param calendar of the zone in which days and months are meant
 */
export function usageReport(
  question: UsageQuestion,
  periods: readonly PeriodTable[],
  calendar: UsageCalendar,
): UsageReport {
  const counted = periods.filter(({ startMs }) => startMs >= question.fromMs && startMs < question.untilMs);
  const rows = new GroupedRows(question);
  for (const { startMs, table } of counted) {
    rows.add(
      table,
      question.granularity === null ? null : calendar.periodAt(question.granularity, startMs).startMs,
    );
  }
  const histogram = new LatencyHistogram();
  const groups = rows.groups
    .map((group): readonly [RowGroup, UsageGroup] => [group, groupOf(group, question, calendar, histogram)])
    .sort(([a, left], [b, right]) => (a.periodMs ?? 0) - (b.periodMs ?? 0) || right.requests - left.requests);
  return {
    groups: groups.map(([, group]) => group),
    total: figuresOf(rows.total, question, histogram),
    covered: coveredBy(counted),
  };
}

function coveredBy(periods: readonly PeriodTable[]): UsageReport['covered'] {
  if (periods.length === 0) return null;
  return periods.reduce(
    (covered, { startMs, untilMs }) => ({
      fromMs: Math.min(covered.fromMs, startMs),
      untilMs: Math.max(covered.untilMs, untilMs),
    }),
    { fromMs: Number.POSITIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY },
  );
}

function groupOf(
  group: RowGroup,
  question: UsageQuestion,
  calendar: UsageCalendar,
  histogram: LatencyHistogram,
): UsageGroup {
  const values: Partial<Record<Dimension, string>> = {};
  question.by.forEach((dimension, at) => {
    values[dimension] = group.names[at] ?? '';
  });
  const figures = figuresOf(group, question, histogram);
  if (group.periodMs === null) return { ...figures, group: values };
  return { ...figures, group: values, period: calendar.timeText(group.periodMs) };
}

/** @param histogram used for each group in turn: there may be ten thousands */
function figuresOf(group: RowGroup, question: UsageQuestion, histogram: LatencyHistogram): UsageFigures {
  const sums = sumsOf(group);
  if (question.percentiles.length > 0) {
    histogram.clear();
    group.addLatencyTo(histogram);
  }
  return {
    ...sums,
    success_rate: sums.requests === 0 ? null : sums.success / sums.requests,
    latency_ms_mean: sums.requests === 0 ? null : sums.latency_ms_sum / sums.requests,
    latency_ms_percentiles: Object.fromEntries(
      question.percentiles.map((percent) => [String(percent), histogram.percentile(percent)]),
    ),
  };
}

function sumsOf({ sums, outcomes }: RowGroup): UsageSums {
  return {
    requests: sums.requests,
    success: outcomes.success,
    client_error: outcomes.client_error,
    platform_error: outcomes.platform_error,
    gateway_error: outcomes.gateway_error,
    aborted: outcomes.aborted,
    partial: outcomes.partial,
    bytes_in: sums.bytes_in,
    bytes_out: sums.bytes_out,
    tokens_in: sums.tokens_in,
    tokens_out: sums.tokens_out,
    tokens_cached: sums.tokens_cached,
    tokens_reasoning: sums.tokens_reasoning,
    characters: sums.characters,
    seconds: sums.seconds,
    cost: sums.cost,
    latency_ms_sum: sums.latency_us / 1000,
  };
}

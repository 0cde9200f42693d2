import type { Dimension, UsageFigures, UsageGroup, UsageSums } from '../../contract/statistics.ts';
import type { UsageQuestion, UsageReport } from '../control-ports.ts';
import { GroupedRows, type RowGroup } from './grouped-rows.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { UsageCalendar } from './usage-period.ts';
import { MICRO, NANO } from './usage-row.ts';
import type { UsageTable } from './usage-table.ts';

/** The rows of one period that count for a question. */
export interface PeriodTable {
  readonly startMs: number;
  readonly untilMs: number;
  readonly table: UsageTable;
}

/**
 * Answers a question from the rows of some periods, those whose start lies in the range, one after the other: a week of
 * hours must not be in memory at once. A period longer than the granularity asked for stands under its own start.
 */
export class ReportSum {
  readonly #question: UsageQuestion;
  readonly #calendar: UsageCalendar;
  readonly #rows: GroupedRows;
  #covered: UsageReport['covered'] = null;

  /** @param calendar of the zone in which days and months are meant */
  constructor(question: UsageQuestion, calendar: UsageCalendar) {
    this.#question = question;
    this.#calendar = calendar;
    this.#rows = new GroupedRows(question);
  }

  add({ startMs, untilMs, table }: PeriodTable): void {
    const { fromMs, untilMs: endMs, granularity } = this.#question;
    if (startMs < fromMs || startMs >= endMs) return;
    const periodMs = granularity === null ? null : this.#calendar.periodAt(granularity, startMs).startMs;
    this.#rows.add(table, periodMs);
    this.#covered = {
      fromMs: Math.min(this.#covered?.fromMs ?? startMs, startMs),
      untilMs: Math.max(this.#covered?.untilMs ?? untilMs, untilMs),
    };
  }

  report(): UsageReport {
    const histogram = new LatencyHistogram();
    const groups = this.#rows.groups
      .map((group): readonly [RowGroup, UsageGroup] => [
        group,
        groupOf(group, this.#question, this.#calendar, histogram),
      ])
      .sort(
        ([a, left], [b, right]) => (a.periodMs ?? 0) - (b.periodMs ?? 0) || right.requests - left.requests,
      );
    return {
      groups: groups.map(([, group]) => group),
      total: figuresOf(this.#rows.total, this.#question, histogram),
      covered: this.#covered,
    };
  }
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
  const { requests } = sums;
  const percentile = (percent: number): number | null => {
    const ms = histogram.percentile(percent);
    return ms === null ? null : rounded(ms, 3);
  };
  return {
    ...sums,
    success_rate: requests === 0 ? null : rounded(sums.success / requests, 6),
    latency_ms_mean: requests === 0 ? null : rounded(sums.latency_ms_sum / requests, 3),
    latency_ms_percentiles: Object.fromEntries(
      question.percentiles.map((percent) => [String(percent), percentile(percent)]),
    ),
  };
}

/** Durations are known to the microsecond; further digits are noise. */
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

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
    tokens_total: sums.tokens_in + sums.tokens_out,
    characters: sums.characters,
    seconds: sums.seconds_us / MICRO,
    cost: sums.priced === 0 && sums.unpriced > 0 ? null : sums.cost_nano / NANO,
    unpriced: sums.unpriced,
    latency_ms_sum: sums.latency_us / 1000,
  };
}

import type { Dimensions } from '../../src-main/contract/statistics.ts';
import type { CountedHour } from '../../src-main/core/usage/counted-rows.ts';
import { LATENCY_BUCKETS } from '../../src-main/core/usage/latency-buckets.ts';
import { LatencyHistogram } from '../../src-main/core/usage/latency-histogram.ts';
import { ROW_DIMENSIONS, SUMS, type Sum } from '../../src-main/core/usage/usage-row.ts';

type RowSums = Readonly<Record<Sum, number>>;

/** What was counted in one hour for one combination of dimensions. */
export interface UsageRow {
  /** When its hour began, epoch milliseconds. */
  readonly startMs: number;
  readonly dimensions: Dimensions;
  readonly sums: RowSums;
  readonly latency: LatencyHistogram;
}

const WIDTH = SUMS.length;

/** The rows of an hour one by one. They look into its columns and must not be kept beyond those. */
export function rowsOf(hour: CountedHour): readonly UsageRow[] {
  return Array.from({ length: hour.rows }, (_, row) => ({
    startMs: hour.startMs,
    dimensions: dimensionsOf(hour.names, row),
    sums: sumsOf(hour.sums, row),
    latency: new LatencyHistogram(hour.buckets.subarray(row * LATENCY_BUCKETS, (row + 1) * LATENCY_BUCKETS)),
  }));
}

function dimensionsOf(names: readonly string[], row: number): Dimensions {
  const at = row * ROW_DIMENSIONS.length;
  const name = (offset: number): string => names[at + offset] ?? '';
  return {
    user: name(0),
    key: name(1),
    channel: name(2),
    endpoint: name(3),
    model: name(4),
    protocol: name(5),
    outcome: name(6),
    error: name(7),
  };
}

function sumsOf(sums: Float64Array, row: number): RowSums {
  const at = row * WIDTH;
  const sum = (offset: number): number => sums[at + offset] ?? 0;
  return {
    requests: sum(0),
    latency_us: sum(1),
    bytes_in: sum(2),
    bytes_out: sum(3),
    tokens_in: sum(4),
    tokens_out: sum(5),
    tokens_cached: sum(6),
    tokens_reasoning: sum(7),
    characters: sum(8),
    seconds_us: sum(9),
    cost_nano: sum(10),
    priced: sum(11),
    unpriced: sum(12),
  };
}

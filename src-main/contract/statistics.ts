import { z } from 'zod';
import { Time } from './values.ts';

/** What usage can be grouped and filtered by. `error` is the error code, empty where there was none. */
export const DIMENSIONS = [
  'user',
  'key',
  'channel',
  'endpoint',
  'model',
  'protocol',
  'outcome',
  'error',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const GRANULARITIES = ['hour', 'day', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** A value of each dimension; `''` stands for none (nobody, no channel, no model, no error). */
export type Dimensions = Readonly<Record<Dimension, string>>;

const Total = z.number().nonnegative();

/** Sums over some requests. Durations in milliseconds, sizes in bytes. */
export const UsageSums = z.object({
  requests: Total,
  success: Total,
  client_error: Total,
  platform_error: Total,
  gateway_error: Total,
  aborted: Total,
  partial: Total,
  bytes_in: Total,
  bytes_out: Total,
  tokens_in: Total,
  tokens_out: Total,
  tokens_cached: Total,
  tokens_reasoning: Total,
  /** Input and output; cached tokens are a part of the input, reasoning is one of the output. */
  tokens_total: Total,
  characters: Total,
  seconds: Total,
  /** In the currency of the prices, exact to its billionth; `null` where something was used and nothing of it has a price. */
  cost: Total.nullable(),
  /** Requests that used something no price is for; they are not in `cost`. */
  unpriced: Total,
  latency_ms_sum: Total,
});
export type UsageSums = z.infer<typeof UsageSums>;

/** What is made of the sums when they are read. */
export const UsageFigures = UsageSums.extend({
  /** Between 0 and 1; `null` without requests. */
  success_rate: z.number().min(0).max(1).nullable(),
  latency_ms_mean: Total.nullable(),
  /** By percentile as it was asked for (`"50"`, `"99.9"`); `null` without requests. */
  latency_ms_percentiles: z.record(z.string(), Total.nullable()),
});
export type UsageFigures = z.infer<typeof UsageFigures>;

/** The figures of one group. */
export const UsageGroup = UsageFigures.extend({
  /** The value of each dimension that was asked for. */
  group: z.partialRecord(z.enum(DIMENSIONS), z.string()),
  /** The start of the period where there was a granularity, in the time zone of the counters. */
  period: Time.optional(),
});
export type UsageGroup = z.infer<typeof UsageGroup>;

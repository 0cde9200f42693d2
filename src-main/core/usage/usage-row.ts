import type { Dimension } from '../../contract/statistics.ts';

/**
 * What is added up for each combination of dimensions. Durations are in whole microseconds, as the request log has them,
 * and cost in whole billionths of the currency's unit: sums of integers are exact, and the same in whatever order they
 * are made. `priced` and `unpriced` count requests that have a cost, and those that used something without one.
 */
export const SUMS = [
  'requests',
  'latency_us',
  'bytes_in',
  'bytes_out',
  'tokens_in',
  'tokens_out',
  'tokens_cached',
  'tokens_reasoning',
  'characters',
  'seconds_us',
  'cost_nano',
  'priced',
  'unpriced',
] as const;
export type Sum = (typeof SUMS)[number];

/** Parts of the currency's unit in which costs are added up. */
export const NANO = 1e9;
/** Parts of a second in which sound is added up. */
export const MICRO = 1e6;

/**
 * The dimensions in the order in which rows keep them; the same as in the contract, which cannot be imported as a
 * value where the schema library would come along.
 */
export const ROW_DIMENSIONS = [
  'user',
  'key',
  'channel',
  'endpoint',
  'model',
  'protocol',
  'outcome',
  'error',
] as const satisfies readonly Dimension[];

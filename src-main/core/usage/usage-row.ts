import type { Dimension } from '../../contract/statistics.ts';

/**
 * What is added up for each combination of dimensions. Latency is in whole microseconds, as the request log has it:
 * sums of integers are the same in whatever order they are made. Cost is in the currency of the prices.
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
  'seconds',
  'cost',
] as const;
export type Sum = (typeof SUMS)[number];

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

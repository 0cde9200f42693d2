import type { UsageFigures } from '../../src-main/contract/statistics.ts';

/** The figures of no usage, with whatever a test wants otherwise. */
export function someFigures(members: Partial<UsageFigures> = {}): UsageFigures {
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
    latency_ms_percentiles: {},
    ...members,
  };
}

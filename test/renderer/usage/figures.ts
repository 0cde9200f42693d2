import type { UsageFigures } from '../../../src-main/contract/statistics.ts';

/** Some usage, all of it successful unless a test says otherwise. */
export function figures(requests: number, members: Partial<UsageFigures> = {}): UsageFigures {
  return {
    requests,
    success: requests,
    client_error: 0,
    platform_error: 0,
    gateway_error: 0,
    aborted: 0,
    partial: 0,
    bytes_in: 0,
    bytes_out: 0,
    tokens_in: requests * 10,
    tokens_out: 0,
    tokens_cached: 0,
    tokens_reasoning: 0,
    characters: 0,
    seconds: 0,
    cost: 0,
    latency_ms_sum: 0,
    success_rate: requests === 0 ? null : 1,
    latency_ms_mean: null,
    latency_ms_percentiles: { '50': requests === 0 ? null : 120, '95': requests === 0 ? null : 900 },
    ...members,
  };
}

import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import { someFigures } from '../../support/figures.ts';

/** Some usage, all of it successful unless a test says otherwise. */
export function figures(requests: number, members: Partial<UsageFigures> = {}): UsageFigures {
  return someFigures({
    requests,
    success: requests,
    tokens_in: requests * 10,
    success_rate: requests === 0 ? null : 1,
    latency_ms_percentiles: { '50': requests === 0 ? null : 120, '95': requests === 0 ? null : 900 },
    ...members,
  });
}

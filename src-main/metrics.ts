import { processReadings } from './adapters/process-readings.ts';
import type { GatewayMetrics } from './core/metrics/gateway-metrics.ts';
import { RequestSums } from './core/metrics/request-sums.ts';
import type { Clock } from './core/ports.ts';
import type { Snapshot } from './core/snapshot.ts';
import type { Usage } from './usage.ts';

/**
 * Metrics over the usage counters: a request is counted once, and what was counted is summed up here each time the
 * counters are drained. @param snapshot asked each time
 */
export function gatewayMetrics(
  { counting, keeping }: Usage,
  clock: Clock,
  snapshot: () => Snapshot,
): GatewayMetrics {
  const sums = new RequestSums((channel) => snapshot().channels.has(channel));
  counting.onDrained((hours) => sums.add(hours));
  return { sums, collect: () => keeping.collect(), process: processReadings(clock) };
}

import type { ProcessReadings } from './process-families.ts';
import type { RequestSums } from './request-sums.ts';

/** What metrics are made of, beside the state of the gateway itself. */
export interface GatewayMetrics {
  readonly sums: RequestSums;
  /** Brings what was counted since the last time into the sums. */
  collect(): void;
  readonly process: ProcessReadings;
}

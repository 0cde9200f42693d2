import type { Spread } from '../statistics.ts';
import type { Target } from '../target.ts';
import type { StreamFaults } from './stream-check.ts';

/** What the fixed-rate generator is to do. */
export interface OpenLoopOrder {
  readonly target: Target;
  readonly requestsPerSecond: number;
  readonly connections: number;
  /** Runs before the measurement and does not count. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** What the fixed-rate generator measured. */
export interface OpenLoopFigures {
  /** From the moment a request was due to the end of its answer. */
  readonly latencyMs: Spread;
  /** How late the generator itself was in sending. */
  readonly latenessMs: Spread;
  /** Answers other than 2xx. */
  readonly refused: number;
  /** The rate could not be kept; the latencies say nothing. */
  readonly saturated: boolean;
}

/** What the stream client is to do. */
export interface StreamOrder {
  readonly target: Target;
  readonly streams: number;
  readonly eventsPerSecond: number;
  /** How long all of them are open together. */
  readonly seconds: number;
}

/** What the stream client measured while all streams were open. */
export interface StreamFigures {
  readonly events: number;
  readonly faults: StreamFaults;
  /** Between two events of one stream. */
  readonly betweenMs: Spread;
  /** From the write at the upstream to the arrival. */
  readonly onTheWayMs: Spread;
}

/** An overview that somebody looks at. */
export interface WatchOrder {
  readonly consoleUrl: string;
  readonly adminToken: string;
}

import type { UsageCounter } from '../core/control-ports.ts';
import type { FailedAttempts } from '../core/failed-attempts.ts';
import type { LiveFeed } from '../core/live-feed.ts';
import type { GatewayMetrics } from '../core/metrics/gateway-metrics.ts';
import type { AppLog, BoundIds, Clock, RequestLog } from '../core/ports.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Totals } from '../core/statistics.ts';
import type { OpenTunnel } from '../core/tunnel-ports.ts';
import type { ChannelKeys } from './channel-keys.ts';
import type { Crowd } from './connections/crowd.ts';
import type { Descriptors } from './connections/descriptors.ts';
import type { Deadlines } from './deadlines.ts';
import type { Exchange } from './exchange.ts';
import type { HeldBodies } from './held-bodies.ts';
import type { RequestIds } from './request-ids.ts';
import type { Upstreams } from './upstreams.ts';
import type { Sessions } from './websocket/sessions.ts';

/** What the pipeline works with, beside the request itself. The only state that outlives a request. */
export interface Gateway {
  /** Replaced whole when the configuration changes; a request keeps the one it began with. */
  snapshot: Snapshot;
  readonly clock: Clock;
  readonly log: AppLog;
  readonly requestLog: RequestLog;
  readonly totals: Totals;
  /** Counts for the statistics that outlive the program. */
  readonly usage: UsageCounter;
  readonly feed: LiveFeed;
  readonly metrics: GatewayMetrics;
  readonly upstreams: Upstreams;
  readonly channelKeys: ChannelKeys;
  readonly boundIds: BoundIds;
  readonly deadlines: Deadlines<Exchange>;
  /** The WebSocket sessions that are open. */
  readonly sessions: Sessions;
  readonly openTunnel: OpenTunnel;
  readonly failedKeys: FailedAttempts;
  readonly ids: RequestIds;
  /** Masks every key this process knows in a text. */
  readonly mask: (text: string) => string;
  readonly version: string;
  /** No new work is taken; what runs may finish. */
  draining: boolean;
  /** An admin wants no new work to be taken for now; what runs may finish. */
  paused: boolean;
  /** The memory for request bodies that are held to be inspected. */
  readonly heldBodies: HeldBodies;
  /** The connections of clients that are open, on all of the proxy's addresses. */
  readonly crowd: Crowd;
  readonly descriptors: Descriptors;
  /** How often the snapshot was replaced. */
  configurationChanges: number;
}

import type { UsageCounter } from '../core/control-ports.ts';
import { FailedAttempts } from '../core/failed-attempts.ts';
import type { LiveFeed } from '../core/live-feed.ts';
import type { GatewayMetrics } from '../core/metrics/gateway-metrics.ts';
import type { AppLog, BoundIds, Clock, RequestLog, UpstreamFactory } from '../core/ports.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { createTotals } from '../core/statistics.ts';
import type { OpenTunnel } from '../core/tunnel-ports.ts';
import { ChannelKeys } from './channel-keys.ts';
import { Crowd } from './connections/crowd.ts';
import { Descriptors } from './connections/descriptors.ts';
import { Deadlines } from './deadlines.ts';
import type { Gateway } from './gateway.ts';
import { HeldBodies } from './held-bodies.ts';
import { holderOf, review } from './holder.ts';
import { requestIds } from './request-ids.ts';
import { Upstreams } from './upstreams.ts';
import { Sessions } from './websocket/sessions.ts';

/** Wrong keys one address may try within a minute. */
const MOST_WRONG_KEYS = 100;

export interface GatewayParts {
  readonly snapshot: Snapshot;
  readonly clock: Clock;
  readonly log: AppLog;
  readonly requestLog: RequestLog;
  readonly usage: UsageCounter;
  readonly feed: LiveFeed;
  readonly metrics: GatewayMetrics;
  readonly upstream: UpstreamFactory;
  readonly openTunnel: OpenTunnel;
  readonly boundIds: BoundIds;
  readonly mask: (text: string) => string;
  readonly version: string;
}

/** A gateway that serves nobody yet. */
export function createGateway(parts: GatewayParts): Gateway {
  const { snapshot, clock, log, requestLog, usage, feed, metrics, boundIds, mask, version } = parts;
  return {
    snapshot,
    clock,
    log,
    requestLog,
    usage,
    feed,
    metrics,
    mask,
    version,
    totals: createTotals(clock.now()),
    upstreams: new Upstreams(parts.upstream),
    channelKeys: new ChannelKeys(),
    boundIds,
    deadlines: new Deadlines(clock),
    sessions: new Sessions(clock),
    openTunnel: parts.openTunnel,
    failedKeys: new FailedAttempts(clock, MOST_WRONG_KEYS),
    ids: requestIds(),
    draining: false,
    paused: false,
    heldBodies: new HeldBodies(),
    crowd: new Crowd(),
    descriptors: new Descriptors(log, clock),
    configurationChanges: 0,
  };
}

/** Serves by another configuration from the next request on. */
export function replaceSnapshot(gateway: Gateway, snapshot: Snapshot): void {
  gateway.snapshot = snapshot;
  gateway.configurationChanges += 1;
  gateway.upstreams.keepOnly(snapshot.channels);
  gateway.sessions.review((exchange) => holderOf(exchange, gateway));
  gateway.deadlines.each((exchange) => review(exchange, gateway));
}

/** Takes no new work until it is told to go on. What is under way is not touched. */
export function pauseGateway(gateway: Gateway, paused: boolean): void {
  if (gateway.paused === paused) return;
  gateway.paused = paused;
  gateway.log.info(paused ? 'AIProxy is paused' : 'AIProxy goes on');
}

/**
 * Takes no new work and waits for what is under way.
 * @param graceMs after that it is cut
 */
export async function drainGateway(gateway: Gateway, graceMs: number): Promise<void> {
  gateway.draining = true;
  gateway.sessions.closeAll();
  gateway.deadlines.endLingering();
  const cancel = gateway.clock.after(graceMs, () => gateway.deadlines.expireAll());
  await gateway.deadlines.whenEmpty();
  cancel();
  gateway.deadlines.stop();
  gateway.sessions.stop();
}

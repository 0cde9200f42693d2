import type { Document } from '../contract/document.ts';
import type { Outcome } from '../contract/request-record.ts';
import type { TotalsSnapshot } from './totals.ts';

export { createTotals, type Totals, type TotalsSnapshot } from './totals.ts';

/** What `/stats` tells about the program besides its counters. */
export interface StatsSubject {
  readonly version: string;
  readonly document: Pick<Document, 'channels' | 'proxy_keys'>;
}

/** The body of `GET /stats`. The first members keep the names and formats of the system AIProxy replaces. */
export interface StatsAnswer {
  readonly service: 'AIProxy';
  readonly version: string;
  readonly uptime_seconds: number;
  /** Epoch seconds, as `last_request_time`. */
  readonly timestamp: number;
  readonly total_requests: number;
  readonly successful_requests: number;
  readonly failed_requests: number;
  readonly success_rate: string;
  /** Seconds. */
  readonly avg_response_time: string;
  /** 0 when there was none. */
  readonly last_request_time: number;
  readonly api_keys_count: number;
  readonly protocol_stats: {
    /** Server-sent events among them. */
    readonly http_requests: number;
    readonly websocket_requests: number;
    readonly websocket_connections: number;
    readonly websocket_connection_rate: string;
    readonly sse_requests: number;
  };
  readonly channel_stats: Readonly<Record<string, ChannelStats>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly bytes: { readonly in: number; readonly out: number };
  readonly tokens: { readonly in: number; readonly out: number };
}

export interface ChannelStats {
  readonly name: string;
  readonly status: 'active' | 'disabled';
  readonly requests: number;
}

/** Makes the answer to `GET /stats` as of now. @param nowMs epoch milliseconds */
export function statsAnswer(totals: TotalsSnapshot, subject: StatsSubject, nowMs: number): StatsAnswer {
  const succeeded = totals.outcomes.success;
  return {
    service: 'AIProxy',
    version: subject.version,
    uptime_seconds: Math.max(0, seconds(nowMs - totals.startedAtMs)),
    timestamp: seconds(nowMs),
    total_requests: totals.requests,
    successful_requests: succeeded,
    failed_requests: totals.requests - succeeded,
    success_rate: percent(succeeded, totals.requests),
    avg_response_time: (ratio(totals.latencyMs, totals.requests) / 1000).toFixed(3),
    last_request_time: seconds(totals.lastRequestMs),
    api_keys_count: Object.keys(subject.document.proxy_keys).length,
    protocol_stats: {
      http_requests: totals.http + totals.sse,
      websocket_requests: totals.websocket,
      websocket_connections: totals.websocketConnected,
      websocket_connection_rate: percent(totals.websocketConnected, totals.websocket),
      sse_requests: totals.sse,
    },
    channel_stats: channelStats(totals, subject.document.channels),
    outcomes: { ...totals.outcomes },
    bytes: { in: totals.bytesIn, out: totals.bytesOut },
    tokens: { in: totals.tokensIn, out: totals.tokensOut },
  };
}

function channelStats(totals: TotalsSnapshot, channels: Document['channels']): Record<string, ChannelStats> {
  return Object.fromEntries(
    Object.entries(channels).map(([id, channel]) => [
      id,
      {
        name: channel.name ?? id,
        status: channel.status ?? 'active',
        requests: totals.channels.get(id) ?? 0,
      },
    ]),
  );
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function percent(part: number, whole: number): string {
  return `${(ratio(part, whole) * 100).toFixed(2)}%`;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

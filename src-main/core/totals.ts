import type { Outcome, RequestRecord } from '../contract/request-record.ts';

/** Sums since the start; averages and rates are made of them when they are read. */
export interface TotalsSnapshot {
  readonly startedAtMs: number;
  readonly requests: number;
  readonly latencyMs: number;
  /** Arrival of the latest request in epoch milliseconds; 0 when there was none. */
  readonly lastRequestMs: number;
  readonly http: number;
  readonly sse: number;
  /** Upgrades asked for, refused ones among them. */
  readonly websocket: number;
  /** Upgrades that were answered 101. */
  readonly websocketConnected: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Requests by channel id; also of channels that have been removed since. */
  readonly channels: ReadonlyMap<string, number>;
}

/** What has happened since the start of the program, in memory. */
export interface Totals extends TotalsSnapshot {
  /** Counts one finished request; costs the same however many there were. */
  add(record: RequestRecord): void;
}

/** Starts counting. @param startedAtMs epoch milliseconds */
export function createTotals(startedAtMs: number): Totals {
  return new RunningTotals(startedAtMs);
}

class RunningTotals implements Totals {
  readonly startedAtMs: number;
  requests = 0;
  latencyMs = 0;
  lastRequestMs = 0;
  http = 0;
  sse = 0;
  websocket = 0;
  websocketConnected = 0;
  bytesIn = 0;
  bytesOut = 0;
  tokensIn = 0;
  tokensOut = 0;
  readonly outcomes = {
    success: 0,
    client_error: 0,
    platform_error: 0,
    gateway_error: 0,
    aborted: 0,
    partial: 0,
  };
  readonly channels = new Map<string, number>();

  constructor(startedAtMs: number) {
    this.startedAtMs = startedAtMs;
  }

  add(record: RequestRecord): void {
    this.requests += 1;
    // Of a session, the time until it was open: how long a conversation lasted is no response time.
    const sessionMs = record.protocol === 'websocket' ? record.ttfb_ms : null;
    const latencyMs = sessionMs ?? record.latency_ms;
    if (latencyMs > 0) this.latencyMs += latencyMs;
    if (record.time > this.lastRequestMs) this.lastRequestMs = record.time;
    this.outcomes[record.outcome] += 1;
    this.bytesIn += record.bytes_in;
    this.bytesOut += record.bytes_out;
    this.tokensIn += record.tokens_in ?? 0;
    this.tokensOut += record.tokens_out ?? 0;
    this.countProtocol(record);
    if (record.channel !== null) {
      this.channels.set(record.channel, (this.channels.get(record.channel) ?? 0) + 1);
    }
  }

  private countProtocol(record: RequestRecord): void {
    if (record.protocol === 'http') this.http += 1;
    else if (record.protocol === 'sse') this.sse += 1;
    else {
      this.websocket += 1;
      if (record.status === 101) this.websocketConnected += 1;
    }
  }
}

import { type MetricFamily, metricsText, single } from '../../core/metrics/metric-family.ts';
import { processFamilies } from '../../core/metrics/process-families.ts';
import { requestFamilies } from '../../core/metrics/request-families.ts';
import type { Gateway } from '../gateway.ts';

/** The text of `GET /metrics`, as of now. */
export async function metricsPage(gateway: Gateway): Promise<string> {
  const { metrics } = gateway;
  const reading = await metrics.process.read();
  metrics.collect();
  return metricsText([
    ...gatewayFamilies(gateway),
    ...requestFamilies(metrics.sums),
    ...processFamilies(reading),
  ]);
}

/** What the gateway is doing now. */
function gatewayFamilies(gateway: Gateway): MetricFamily[] {
  const { version, totals, deadlines, sessions, requestLog } = gateway;
  const gauge = (name: string, help: string, value: number) => single('gauge', name, help, value);
  const counter = (name: string, help: string, value: number) => single('counter', name, help, value);
  return [
    {
      name: 'aiproxy_build_info',
      type: 'gauge',
      help: 'The version of AIProxy.',
      samples: [{ labels: { version }, value: 1 }],
    },
    gauge(
      'aiproxy_start_time_seconds',
      'Since when is counted, seconds since the epoch.',
      totals.startedAtMs / 1000,
    ),
    gauge(
      'aiproxy_ready',
      '1 where new requests are taken, 0 while AIProxy stops or is paused: what /ready says.',
      gateway.draining || gateway.paused ? 0 : 1,
    ),
    gauge('aiproxy_client_connections', 'Open connections of clients.', gateway.crowd.size),
    gauge('aiproxy_open_requests', 'Requests under way, streams and WebSockets among them.', deadlines.size),
    gauge('aiproxy_open_streams', 'Streams of events under way.', deadlines.streams),
    gauge('aiproxy_open_websockets', 'WebSocket sessions under way.', sessions.size),
    gauge('aiproxy_held_body_bytes', 'Request bodies held in memory.', gateway.heldBodies.bytes),
    connectionFamily(gateway),
    counter(
      'aiproxy_open_files_limit_reached_total',
      'Connections that found the limit of open files reached.',
      gateway.descriptors.shortages,
    ),
    counter(
      'aiproxy_request_log_dropped_lines_total',
      'Lines that the disk did not keep up with.',
      requestLog.droppedLines,
    ),
    counter(
      'aiproxy_configuration_changes_total',
      'Configurations taken over.',
      gateway.configurationChanges,
    ),
  ];
}

function connectionFamily({ upstreams }: Gateway): MetricFamily {
  const samples = [...upstreams.states()].flatMap(([channel, { busy, free }]) => [
    { labels: { channel, state: 'busy' }, value: busy },
    { labels: { channel, state: 'free' }, value: free },
  ]);
  return {
    name: 'aiproxy_upstream_connections',
    type: 'gauge',
    help: 'Connections to platforms for HTTP; WebSocket sessions have their own.',
    samples,
  };
}

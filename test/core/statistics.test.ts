import { describe, expect, it } from 'vitest';
import { createTotals, statsAnswer } from '../../src-main/core/statistics.ts';
import { aRecord } from '../support/request-record.ts';

const START = 1_752_058_969_000;
const document = {
  channels: {
    bailian: { name: '阿里云百炼', platform: 'dashscope' },
    openai: { platform: 'openai', status: 'disabled' as const },
  },
  proxy_keys: { a: { key: 'pk-a', user: 'u' }, b: { key: 'pk-b', user: 'u' }, c: { key: 'pk-c', user: 'u' } },
};
const subject = { version: '2.0.0', document };

describe('the answer to GET /stats', () => {
  it('has the members and formats of the system AIProxy replaces', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ channel: 'bailian', latency_ms: 5000, time: START + 20_000 }));
    totals.add(
      aRecord({ channel: null, latency_ms: 158, time: START + 30_999, outcome: 'client_error', status: 401 }),
    );
    expect(statsAnswer(totals, subject, START + 35_400)).toMatchObject({
      service: 'AIProxy',
      version: '2.0.0',
      uptime_seconds: 35,
      timestamp: 1_752_059_004,
      total_requests: 2,
      successful_requests: 1,
      failed_requests: 1,
      success_rate: '50.00%',
      avg_response_time: '2.579',
      last_request_time: 1_752_058_999,
      api_keys_count: 3,
      protocol_stats: {
        http_requests: 2,
        websocket_requests: 0,
        websocket_connections: 0,
        websocket_connection_rate: '0.00%',
      },
      channel_stats: {
        bailian: { name: '阿里云百炼', status: 'active', requests: 1 },
        openai: { name: 'openai', status: 'disabled', requests: 0 },
      },
    });
  });

  it('divides by nothing before the first request', () => {
    const answer = statsAnswer(createTotals(START), subject, START);
    expect(answer).toMatchObject({ total_requests: 0, success_rate: '0.00%', avg_response_time: '0.000' });
    expect(answer).toMatchObject({ uptime_seconds: 0, last_request_time: 0 });
    expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity|null/);
  });
});

describe('the counters of GET /stats', () => {
  it('counts a WebSocket session that was answered 101 as a success', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ protocol: 'websocket', status: 101, outcome: 'success' }));
    expect(statsAnswer(totals, subject, START)).toMatchObject({
      successful_requests: 1,
      success_rate: '100.00%',
    });
  });

  it('counts an upgrade that was refused as a WebSocket request, not as HTTP', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ protocol: 'websocket', status: 101 }));
    totals.add(aRecord({ protocol: 'websocket', status: 101 }));
    totals.add(aRecord({ protocol: 'websocket', status: 401, outcome: 'client_error' }));
    expect(statsAnswer(totals, subject, START).protocol_stats).toEqual({
      http_requests: 0,
      websocket_requests: 3,
      websocket_connections: 2,
      websocket_connection_rate: '66.67%',
      sse_requests: 0,
    });
  });

  it('counts streamed answers as HTTP and says how many of them there were', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ protocol: 'sse' }));
    totals.add(aRecord({ protocol: 'http' }));
    expect(statsAnswer(totals, subject, START).protocol_stats).toMatchObject({
      http_requests: 2,
      sse_requests: 1,
    });
  });

  it('sums outcomes, bytes and tokens, where tokens are known', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ bytes_in: 10, bytes_out: 20, tokens_in: 3, tokens_out: 4 }));
    totals.add(aRecord({ bytes_in: 1, bytes_out: 2, outcome: 'partial' }));
    expect(statsAnswer(totals, subject, START)).toMatchObject({
      outcomes: { success: 1, partial: 1, aborted: 0, client_error: 0, platform_error: 0, gateway_error: 0 },
      bytes: { in: 11, out: 22 },
      tokens: { in: 3, out: 4 },
      failed_requests: 1,
    });
  });

  it('treats channel ids as data, also those that objects know', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ channel: 'constructor' }));
    const odd = {
      channels: { constructor: { platform: 'custom' }, toString: { platform: 'custom' } },
      proxy_keys: {},
    };
    const answer = statsAnswer(totals, { version: '2.0.0', document: odd }, START);
    expect(Object.entries(answer.channel_stats).map(([id, { requests }]) => [id, requests])).toEqual([
      ['constructor', 1],
      ['toString', 0],
    ]);
  });

  it('keeps its average when one measurement was nonsense', () => {
    const totals = createTotals(START);
    totals.add(aRecord({ latency_ms: Number.NaN }));
    totals.add(aRecord({ latency_ms: 3000 }));
    expect(statsAnswer(totals, subject, START).avg_response_time).toBe('1.500');
  });
});

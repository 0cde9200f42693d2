import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsText } from '../../../src-main/core/metrics/metric-family.ts';
import { requestFamilies } from '../../../src-main/core/metrics/request-families.ts';
import { RequestSums } from '../../../src-main/core/metrics/request-sums.ts';
import { LATENCY_BUCKETS } from '../../../src-main/core/usage/latency-buckets.ts';
import { UsageCounting } from '../../../src-main/core/usage/usage-counting.ts';
import { SUMS } from '../../../src-main/core/usage/usage-row.ts';
import { bucketsOf, familyOf, readMetrics, sumOf } from '../../support/metrics-text.ts';
import { aRecord } from '../../support/request-record.ts';

/** Sums that follow a counting, as the program puts them together. */
function counted(configured: readonly string[] = ['openai', 'azure']) {
  const counting = new UsageCounting();
  const sums = new RequestSums((channel) => configured.includes(channel));
  counting.onDrained((hours) => sums.add(hours));
  const read = () => {
    counting.drain();
    return readMetrics(metricsText(requestFamilies(sums)));
  };
  return { counting, read };
}

describe('sums of requests', () => {
  it('add up over drainings, and begin at nothing', () => {
    const { counting, read } = counted();
    expect(read()).toEqual([]);
    for (const round of [1, 2, 3]) {
      counting.add(aRecord({ channel: 'openai', tokens_in: 10, tokens_cached: 4, cost: 0.25, bytes_out: 7 }));
      const families = read();
      expect(sumOf(families, 'aiproxy_requests_total', { channel: 'openai', outcome: 'success' })).toBe(
        round,
      );
      expect(sumOf(families, 'aiproxy_tokens_total', { kind: 'input' })).toBe(10 * round);
      expect(sumOf(families, 'aiproxy_tokens_total', { kind: 'cached' })).toBe(4 * round);
      expect(sumOf(families, 'aiproxy_cost_total')).toBe(0.25 * round);
      expect(sumOf(families, 'aiproxy_response_bytes_total', { channel: 'openai' })).toBe(7 * round);
    }
  });

  it('tell errors by channel and code', () => {
    const { counting, read } = counted();
    counting.add(aRecord({ channel: null, outcome: 'client_error', error_code: 'invalid_proxy_key' }));
    counting.add(aRecord({ channel: 'azure', outcome: 'platform_error', error_code: 'rate_limit_exceeded' }));
    counting.add(aRecord({ channel: 'azure' }));
    expect(familyOf(read(), 'aiproxy_errors_total').samples.map(({ labels }) => labels)).toEqual([
      { channel: '', code: 'invalid_proxy_key' },
      { channel: 'azure', code: 'rate_limit_exceeded' },
    ]);
  });

  it('know channels that are configured, or were, and call the others other', () => {
    const configured = ['openai', '__proto__', 'a"b\\c\u2028{}'];
    const { counting, read } = counted(configured);
    const channels = [...configured, 'gone', 'constructor'];
    for (const channel of channels) counting.add(aRecord({ channel }));
    read();
    configured.length = 0;
    for (const channel of channels) counting.add(aRecord({ channel }));
    const families = read();
    for (const channel of ['openai', '__proto__', 'a"b\\c\u2028{}'])
      expect(sumOf(families, 'aiproxy_requests_total', { channel })).toBe(2);
    expect(sumOf(families, 'aiproxy_requests_total', { channel: 'other' })).toBe(4);
    expect(sumOf(families, 'aiproxy_requests_total')).toBe(10);
  });

  it('stay few whatever clients and platforms name', () => {
    const sums = new RequestSums(() => true);
    const rows = 25_000;
    // In the order of the dimensions: user, key, channel, endpoint, model, protocol, outcome, error.
    const names = Array.from({ length: rows }, (_, at) => [
      '',
      '',
      `ch_${at}`,
      `/v1/${at}`,
      '',
      'http',
      'aborted',
      `code_${at}`,
    ]);
    const counts = Float64Array.from({ length: rows * SUMS.length }, (_, at) =>
      at % SUMS.length === 0 ? 1 : 0,
    );
    const buckets = new Uint32Array(rows * LATENCY_BUCKETS);
    const period = { startMs: 0, untilMs: 3_600_000, timeZone: 'UTC' };
    sums.add([{ ...period, names: names.flat(), sums: counts, buckets, rows }]);
    const families = readMetrics(metricsText(requestFamilies(sums)));
    const channels = new Set(families.flatMap(({ samples }) => samples.map(({ labels }) => labels.channel)));
    expect(channels.size).toBe(2_001);
    for (const name of ['aiproxy_requests_total', 'aiproxy_errors_total']) {
      expect(familyOf(families, name).samples.length).toBeLessThanOrEqual(20_001);
      expect(sumOf(families, name)).toBe(25_000);
    }
  });
});

describe('the histogram of durations', () => {
  it('counts exactly at each of its bounds, whatever the durations', () => {
    const latency = fc.oneof(
      fc.double({ min: 0, max: 1e7, noNaN: true }),
      fc.integer({ min: -13, max: 12 }).map((power) => 1000 * 2 ** power),
    );
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 50 }), (latencies) => {
        const { counting, read } = counted();
        for (const latency_ms of latencies) counting.add(aRecord({ channel: 'openai', latency_ms }));
        const { name, samples } = familyOf(read(), 'aiproxy_request_duration_seconds');
        const [buckets] = bucketsOf(name, samples);
        const micros = latencies.map((ms) => Math.round(ms * 1000));
        expect(buckets?.counts).toHaveLength(21);
        for (const [le, count] of buckets?.counts ?? [])
          expect(count).toBe(micros.filter((us) => us / 1000 <= le * 1000).length);
        expect(buckets?.sum).toBe(micros.reduce((sum, us) => sum + us, 0) / 1e6);
      }),
      { numRuns: 30 },
    );
  });
});

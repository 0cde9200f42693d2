import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LATENCY_BUCKETS,
  latencyBucket,
  latencyUpperBound,
} from '../../../src-main/core/usage/latency-buckets.ts';
import { LatencyHistogram } from '../../../src-main/core/usage/latency-histogram.ts';

const duration = fc.double({ min: 0.13, max: 4_000_000, noNaN: true });

function histogramOf(durations: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const ms of durations) histogram.add(ms);
  return histogram;
}

describe('a latency histogram', () => {
  it('knows every duration between 0.13 ms and 68 minutes to 4.5 % of it', () => {
    fc.assert(
      fc.property(duration, (ms) => {
        const bucket = latencyBucket(ms);
        const [lower, upper] = [latencyUpperBound(bucket - 1), latencyUpperBound(bucket)];
        expect(ms).toBeGreaterThan(lower * (1 - 1e-12));
        expect(ms).toBeLessThanOrEqual(upper * (1 + 1e-12));
        expect(Math.sqrt(upper / lower) - 1).toBeLessThan(0.045);
      }),
    );
  });

  it('has a bound at every power of two of a second', () => {
    for (let octave = -13; octave <= 12; octave++) {
      const ms = 1000 * 2 ** octave;
      expect(latencyUpperBound(latencyBucket(ms))).toBe(ms);
      expect(histogramOf([ms, ms * 1.0001]).countAtMost(ms)).toBe(1);
    }
  });

  it('takes durations that make no sense, and extreme ones', () => {
    expect([Number.NaN, -5, 0, 1e-9].map(latencyBucket)).toEqual([0, 0, 0, 0]);
    expect(latencyBucket(1e300)).toBe(LATENCY_BUCKETS - 1);
    expect(latencyBucket(Number.POSITIVE_INFINITY)).toBe(LATENCY_BUCKETS - 1);
  });

  it('gives percentiles within its error, and in order', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), (durations) => {
        const sorted = [...durations].sort((a, b) => a - b);
        const histogram = histogramOf(durations);
        let last = 0;
        for (const percent of [0.1, 10, 50, 90, 99, 99.9, 100]) {
          const exact = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
          const told = histogram.percentile(percent) ?? 0;
          expect(Math.abs(told - exact) / exact).toBeLessThan(0.0906);
          expect(told).toBeGreaterThanOrEqual(last);
          last = told;
        }
      }),
    );
  });

  it('has no percentiles where nothing was counted', () => {
    expect(new LatencyHistogram().percentile(50)).toBeNull();
  });

  it('adds up to the same whatever the order, and through its sparse form', () => {
    const some = fc.array(duration, { maxLength: 50 });
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const left = histogramOf(a);
        left.merge(histogramOf(b));
        left.merge(histogramOf(c));
        const right = histogramOf(c);
        right.merge(LatencyHistogram.fromSparse(histogramOf([...b, ...a]).toSparse()));
        expect(left.toSparse()).toEqual(right.toSparse());
        expect(left.count).toBe(a.length + b.length + c.length);
      }),
    );
  });

  it('counts those at most as long as a bound exactly', () => {
    fc.assert(
      fc.property(fc.array(duration), fc.integer({ min: -13, max: 12 }), (durations, octave) => {
        const bound = 1000 * 2 ** octave;
        expect(histogramOf(durations).countAtMost(bound)).toBe(durations.filter((ms) => ms <= bound).length);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { median, medianOf, pairedRatio, percentile, sortedCopy, spreadOf } from '../../bench/statistics.ts';

describe('the statistics of the benchmark', () => {
  it('takes the middle value, and the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 1, 5, 6])).toBe(5.5);
  });

  it('sorts numbers as numbers', () => {
    expect([...sortedCopy([10, 9, 100])]).toEqual([9, 10, 100]);
  });

  it('interpolates percentiles between the neighbours', () => {
    const values = Array.from({ length: 101 }, (_, at) => at);
    expect(percentile(values, 99)).toBe(99);
    expect(percentile([0, 10], 25)).toBe(2.5);
    expect(percentile([7], 99)).toBe(7);
  });

  it('has no figure where nothing was measured', () => {
    expect(median([])).toBeNaN();
    expect(percentile([], 50)).toBeNaN();
    expect(pairedRatio([1], [])).toBeNaN();
  });

  it('reads median, 99th percentile and maximum of unsorted values at once', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ count: 3, p50: 2, p99: 2.98, max: 3 });
  });

  it('takes the median of one member over the rounds', () => {
    expect(medianOf([{ rate: 3 }, { rate: 1 }, { rate: 2 }], (round) => round.rate)).toBe(2);
  });

  it('compares two contenders within each round, so that a slow round does not decide', () => {
    expect(pairedRatio([50, 5, 50], [100, 10, 100])).toBe(0.5);
  });
});

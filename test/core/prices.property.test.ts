import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price } from '../../src-main/contract/price.ts';
import { NO_USAGE, type Usage } from '../../src-main/contract/request-record.ts';
import { costOfUsage } from '../../src-main/core/prices.ts';
import { addUsage } from '../../src-main/core/usage.ts';

const amount = fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }), { nil: undefined });
const amounts = fc.record({
  input: amount,
  output: amount,
  characters: amount,
  seconds: amount,
});
const count = fc.option(fc.nat({ max: 1e7 }), { nil: null });
const usage: fc.Arbitrary<Usage> = fc.record({
  tokens_in: count,
  tokens_out: count,
  tokens_cached: count,
  tokens_reasoning: count,
  characters: count,
  seconds: count,
});
const given = (price: Partial<Record<string, number | undefined>>): Price =>
  Object.fromEntries(Object.entries(price).filter(([, value]) => value !== undefined));
/** Each is rounded to a billionth. */
const near = (a: number, b: number) => Math.abs(a - b) <= 2e-9 + 1e-12 * Math.max(Math.abs(a), Math.abs(b));

describe('the cost of any use', () => {
  it('is null or a finite amount, never below zero', () => {
    const cached = fc.record({ price: amounts, cached_input: amount });
    fc.assert(
      fc.property(cached, usage, fc.boolean(), ({ price, cached_input }, used, served) => {
        const cost = costOfUsage(given({ ...price, cached_input, request: 1 }), used, served);
        expect(cost === null || (Number.isFinite(cost) && cost >= 0)).toBe(true);
      }),
    );
  });

  it('of two uses together is the sum of both', () => {
    fc.assert(
      fc.property(amounts, usage, usage, (price, one, other) => {
        const costs = [one, other].map((used) => costOfUsage(given(price), used, false) ?? 0);
        const together = costOfUsage(given(price), addUsage(one, other), false) ?? 0;
        expect(near(together, (costs[0] ?? 0) + (costs[1] ?? 0))).toBe(true);
      }),
    );
  });

  it('never falls where more was used', () => {
    fc.assert(
      fc.property(amounts, usage, usage, (price, one, more) => {
        const before = costOfUsage(given(price), one, true) ?? 0;
        expect(costOfUsage(given(price), addUsage(one, more), true) ?? 0).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('is never higher for having come out of the cache', () => {
    const discount = fc.record({
      input: fc.double({ min: 0, max: 1e4, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        discount,
        fc.nat({ max: 1e7 }),
        fc.nat({ max: 1e7 }),
        ({ input, share }, tokens_in, cached) => {
          const price = { input, cached_input: input * share };
          const cost = costOfUsage(price, { ...NO_USAGE, tokens_in, tokens_cached: cached }, true) ?? 0;
          const full = costOfUsage(price, { ...NO_USAGE, tokens_in }, true) ?? 0;
          expect(cost <= full || near(cost, full)).toBe(true);
        },
      ),
    );
  });
});

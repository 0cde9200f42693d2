import { describe, expect, it, test } from 'vitest';
import { Price, PriceId } from '../../src-main/contract/price.ts';
import { NO_USAGE, type Usage } from '../../src-main/contract/request-record.ts';
import { compilePrices, costOfUsage, type PriceList, priceWarnings } from '../../src-main/core/prices.ts';

const MILLION: Usage = { ...NO_USAGE, tokens_in: 1_000_000 };

function listOf(prices: Record<string, Price>): PriceList {
  const list = compilePrices(prices);
  if (list === null) throw new Error('there are no prices');
  return list;
}

const request = { channel: 'openai', model: 'gpt-4o', mappedModel: null, served: true };

describe('the price of a model', () => {
  const list = listOf({
    '*': { input: 1 },
    'gpt-*': { input: 2 },
    'gpt-4o*': { input: 3 },
    'gpt-4o': { input: 4 },
    'on-azure': { model: 'gpt-*', channel: 'azure', input: 5 },
  });
  const priceOf = (model: string, channel = 'openai') => list.costOf({ ...request, model, channel }, MILLION);

  it('is that of its whole name, then of the glob that says most', () => {
    expect(['gpt-4o', 'gpt-4o-mini', 'gpt-3', 'claude'].map((model) => priceOf(model))).toEqual([4, 3, 2, 1]);
  });

  it('is rather that of the channel which served it', () => {
    expect([priceOf('gpt-4o', 'azure'), priceOf('claude', 'azure')]).toEqual([5, 1]);
  });

  it('is asked for under the name the platform knows where the client’s has none', () => {
    const named = listOf({ 'gpt-4o': { input: 4 }, mine: { input: 7 } });
    const mapped = { ...request, model: 'fast', mappedModel: 'gpt-4o' };
    expect(named.costOf(mapped, MILLION)).toBe(4);
    expect(named.costOf({ ...mapped, model: 'mine' }, MILLION)).toBe(7);
    expect(named.costOf({ ...mapped, mappedModel: null }, MILLION)).toBeNull();
  });

  it('is found for any number of names, hostile ones among them', () => {
    for (let at = 0; at < 10_000; at += 1) expect(priceOf(`gpt-${at}`)).toBe(2);
    for (const name of ['__proto__', 'constructor', '', '\n']) expect(priceOf(name)).toBe(1);
    expect(priceOf('gpt-4o', '__proto__')).toBe(4);
  });

  it('does not exist where nothing is priced, comments aside', () => {
    expect(compilePrices({})).toBeNull();
    expect(compilePrices({ _note: {} })).toBeNull();
  });
});

describe('the cost of a use', () => {
  const use = (members: Partial<Usage>): Usage => ({ ...NO_USAGE, ...members });

  test.each([
    [
      'input and output by the million tokens',
      { input: 2.5, output: 10 },
      { tokens_in: 1000, tokens_out: 500 },
      0.0075,
    ],
    [
      'cached input at its own price',
      { input: 2, cached_input: 1 },
      { tokens_in: 1e6, tokens_cached: 4e5 },
      1.6,
    ],
    ['cached input as other input without one', { input: 2 }, { tokens_in: 1e6, tokens_cached: 4e5 }, 2],
    [
      'no more cached tokens than there were',
      { input: 2, cached_input: 1 },
      { tokens_in: 1e6, tokens_cached: 9e6 },
      1,
    ],
    ['cached tokens alone', { cached_input: 1 }, { tokens_cached: 1e6 }, 1],
    ['characters by the million', { characters: 15 }, { characters: 2000 }, 0.03],
    ['sound by the second', { seconds: 0.0001 }, { seconds: 60 }, 0.006],
    ['the request itself', { request: 0.01 }, {}, 0.01],
    ['nothing for what is free', { input: 0 }, { tokens_in: 5 }, 0],
  ])('counts %s', (_, amounts, members, expected) => {
    expect(costOfUsage(amounts, use(members), true)).toBe(expected);
  });

  it('is not known where nothing that was used has a price', () => {
    expect(costOfUsage({ output: 1 }, use({ tokens_in: 5 }), true)).toBeNull();
    expect(costOfUsage({ input: 1 }, NO_USAGE, true)).toBeNull();
  });

  it('leaves the request out where the platform did not serve it', () => {
    expect(costOfUsage({ request: 1, input: 1 }, use({ tokens_in: 1e6 }), false)).toBe(1);
    expect(costOfUsage({ request: 1 }, NO_USAGE, false)).toBeNull();
  });
});

describe('prices as they are written', () => {
  it.each([
    { input: -1 },
    { input: Number.NaN },
    { output: '1' },
    { seconds: 1e10 },
    { channel: 'a/b' },
    { model: '' },
  ])('are refused where they are none: %j', (price) => expect(Price.safeParse(price).success).toBe(false));

  it('keep members nobody knows', () => {
    expect(Price.parse({ input: 1, since: '2026-01-01' })).toEqual({ input: 1, since: '2026-01-01' });
  });

  it('may be called like any model, and not __proto__', () => {
    expect(PriceId.safeParse('meta-llama/Llama-*').success).toBe(true);
    expect(PriceId.safeParse('__proto__').success).toBe(false);
  });

  it('are warned about where their channel does not exist, or their currencies differ', () => {
    const prices = { a: { channel: 'gone', currency: 'USD' }, b: { currency: 'CNY' } };
    expect(priceWarnings({ prices, channels: {} })).toEqual([
      'price a: there is no channel gone, so it is never used',
      'prices are in several currencies (USD, CNY), and costs are added up as if it were one',
    ]);
    expect(
      priceWarnings({ prices: { a: { channel: 'c' } }, channels: { c: { platform: 'openai' } } }),
    ).toEqual([]);
  });
});

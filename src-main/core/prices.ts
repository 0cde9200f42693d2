import type { Document } from '../contract/document.ts';
import type { Price } from '../contract/price.ts';
import type { Usage } from '../contract/request-record.ts';
import { modelMatcher } from './model-glob.ts';

/** Names come from clients; so many are remembered with their price, and the others looked up each time. */
const MOST_REMEMBERED = 4_096;
/** A price of a million is so many pico-units for one: a whole number, so that products and sums of it are exact. */
const PICO_OF_MILLION = 1e6;
/** The same of a price of one second or request. */
const PICO_OF_ONE = 1e12;
const PICO_PER_NANO = 1000;
const NANO = 1e9;

type Amounts = Pick<
  Price,
  'input' | 'output' | 'cached_input' | 'characters' | 'seconds' | 'request' | 'currency'
>;

/** A request as far as its price goes. */
export interface PricedRequest {
  /** The channel that served it. */
  readonly channel: string;
  /** As the client named it. */
  readonly model: string | null;
  /** As the platform knows it, where that is another name; it counts where the first has no price. */
  readonly mappedModel: string | null;
  /** Whether the platform did what was asked, at least in part: only that is charged by the request. */
  readonly served: boolean;
}

/** The prices of a configuration. */
export interface PriceList {
  /** @returns `null` where nothing the request used has a price */
  costOf(request: PricedRequest, usage: Usage): number | null;
}

/** One price, ready to be asked whether it is for a model. */
interface PriceRule {
  readonly channel: string | null;
  readonly isFor: (model: string) => boolean;
  readonly isExact: boolean;
  /** How much of the glob is no `*`. */
  readonly literal: number;
  readonly amounts: Amounts;
}

/** Prices, the most specific first; `null` where there are none, so that nothing needs to be worked out. */
export function compilePrices(prices: Document['prices']): PriceList | null {
  const rules = pricesIn(prices)
    .map(([id, price]) => ruleOf(id, price))
    .sort(bySpecificity);
  return rules.length === 0 ? null : new RuledPrices(rules);
}

const pricesIn = (prices: Document['prices']): readonly (readonly [string, Price])[] =>
  Object.entries(prices).filter(([id]) => !id.startsWith('_'));

const currenciesOf = (prices: Document['prices']): readonly string[] => [
  ...new Set(pricesIn(prices).flatMap(([, { currency }]) => currency ?? [])),
];

/** What costs are in; `null` where no price names a currency, several joined by `+` where they do not agree. */
export function currencyOf(prices: Document['prices']): string | null {
  const currencies = currenciesOf(prices);
  return currencies.length === 0 ? null : currencies.toSorted().join('+');
}

/** What an admin should know about prices: channels that do not exist, currencies that are added up as one. */
export function priceWarnings({ prices, channels }: Pick<Document, 'prices' | 'channels'>): string[] {
  const currencies = currenciesOf(prices);
  const unknown = pricesIn(prices).flatMap(([id, { channel }]) =>
    channel === undefined || Object.hasOwn(channels, channel)
      ? []
      : [`price ${id}: there is no channel ${channel}, so it is never used`],
  );
  return currencies.length < 2
    ? unknown
    : [
        ...unknown,
        `prices are in several currencies (${currencies.join(', ')}), and costs are added up as if it were one`,
      ];
}

function ruleOf(id: string, price: Price): PriceRule {
  const glob = price.model ?? id;
  return {
    channel: price.channel ?? null,
    isFor: modelMatcher([glob]) ?? (() => false),
    isExact: !glob.includes('*'),
    literal: glob.replaceAll('*', '').length,
    amounts: price,
  };
}

/** A channel's own price goes before one for all; then a whole name before a glob, and a long glob before a short one. */
function bySpecificity(one: PriceRule, other: PriceRule): number {
  const reach = Number(one.channel === null) - Number(other.channel === null);
  const exactness = Number(other.isExact) - Number(one.isExact);
  return reach || exactness || other.literal - one.literal;
}

class RuledPrices implements PriceList {
  readonly #rules: readonly PriceRule[];
  /** By channel, then by model. */
  readonly #known = new Map<string, Map<string, Amounts | null>>();
  #remembered = 0;

  constructor(rules: readonly PriceRule[]) {
    this.#rules = rules;
  }

  costOf({ channel, model, mappedModel, served }: PricedRequest, usage: Usage): number | null {
    const named = this.#amounts(channel, model ?? '');
    const amounts = named ?? (mappedModel === null ? null : this.#amounts(channel, mappedModel));
    return amounts === null ? null : costOfUsage(amounts, usage, served);
  }

  #amounts(channel: string, model: string): Amounts | null {
    const known = this.#known.get(channel)?.get(model);
    if (known !== undefined) return known;
    const rule = this.#rules.find((each) => (each.channel ?? channel) === channel && each.isFor(model));
    const amounts = rule?.amounts ?? null;
    if (this.#remembered < MOST_REMEMBERED) this.#remember(channel, model, amounts);
    return amounts;
  }

  #remember(channel: string, model: string, amounts: Amounts | null): void {
    const ofChannel = this.#known.get(channel) ?? new Map<string, Amounts | null>();
    ofChannel.set(model, amounts);
    this.#known.set(channel, ofChannel);
    this.#remembered += 1;
  }
}

/**
 * What a use costs at these prices, rounded once, to the billionth of the currency's unit. What has no price costs nothing, and neither does what the platform said nothing about.
 * @param served whether the request itself is charged
 * @returns `null` where nothing that was used has a price
 */
export function costOfUsage(amounts: Amounts, usage: Usage, served: boolean): number | null {
  const input = inputCost(amounts, usage);
  const output = picoOf(amounts.output, usage.tokens_out, PICO_OF_MILLION);
  const characters = picoOf(amounts.characters, usage.characters, PICO_OF_MILLION);
  const seconds = picoOf(amounts.seconds, usage.seconds, PICO_OF_ONE);
  const request = served ? picoOf(amounts.request, 1, PICO_OF_ONE) : null;
  const parts = [input, output, characters, seconds, request];
  if (parts.every((part) => part === null)) return null;
  const sum = parts.reduce<number>((total, part) => total + (part ?? 0), 0);
  return Math.round(sum / PICO_PER_NANO) / NANO;
}

/** Cached tokens are a part of the input's, whatever a platform says. */
function inputCost(amounts: Amounts, { tokens_in, tokens_cached }: Usage): number | null {
  if (amounts.cached_input === undefined || tokens_cached === null)
    return picoOf(amounts.input, tokens_in, PICO_OF_MILLION);
  const cached = Math.min(tokens_cached, tokens_in ?? tokens_cached);
  const fresh = picoOf(amounts.input, tokens_in === null ? null : tokens_in - cached, PICO_OF_MILLION);
  return (fresh ?? 0) + Math.round(amounts.cached_input * PICO_OF_MILLION) * cached;
}

/** @param pico how many pico-units the price of one is, where its amount is 1 */
const picoOf = (amount: number | undefined, count: number | null, pico: number): number | null =>
  amount === undefined || count === null ? null : Math.round(amount * pico) * count;

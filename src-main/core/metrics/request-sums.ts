import { LatencyHistogram } from '../usage/latency-histogram.ts';
import { OTHER } from '../usage/usage-names.ts';
import { type RowSums, SUMS, type Sum, type UsageRow } from '../usage/usage-row.ts';

/** Channels that came and went within one run; more are told together. */
const MOST_CHANNELS = 2_000;
/** Beyond so many, what clients and platforms may name freely is told together. */
const MOST_SERIES = 20_000;

/** Numbers that are told apart by the same names. */
export interface Counted<V> {
  readonly names: readonly string[];
  value: V;
}

/** What is summed up of one channel. */
export type ChannelSums = Record<Exclude<Sum, 'requests' | 'latency_us'>, number>;

/** How long requests took: their number by duration, and all of it together in microseconds. */
export interface Durations {
  readonly histogram: LatencyHistogram;
  sumUs: number;
}

/** Sums since the start of the program, with few enough names for metrics whatever was requested. */
export class RequestSums {
  readonly #isConfigured: (channel: string) => boolean;
  readonly #channels = new Set<string>();
  readonly #requests = new Series<number>();
  readonly #errors = new Series<number>();
  readonly #byChannel = new Series<ChannelSums>();
  readonly #durations = new Series<Durations>();

  /** @param isConfigured whether this is the id of a channel now; one that was keeps its numbers */
  constructor(isConfigured: (channel: string) => boolean) {
    this.#isConfigured = isConfigured;
  }

  /** Number of requests by channel, endpoint, protocol, outcome. */
  get requests(): Iterable<Counted<number>> {
    return this.#requests.all();
  }

  /** Number of requests that failed, by channel and code. */
  get errors(): Iterable<Counted<number>> {
    return this.#errors.all();
  }

  /** By channel. */
  get sums(): Iterable<Counted<ChannelSums>> {
    return this.#byChannel.all();
  }

  /** By channel and protocol. */
  get durations(): Iterable<Counted<Durations>> {
    return this.#durations.all();
  }

  /** Adds rows of the usage counters; they are not kept. */
  add(rows: readonly UsageRow[]): void {
    for (const row of rows) this.#addRow(row);
  }

  #addRow({ dimensions, sums, latency }: UsageRow): void {
    const { protocol, outcome, error } = dimensions;
    const channel = this.#nameOf(dimensions.channel);
    const endpoint = this.#requests.size < MOST_SERIES ? dimensions.endpoint : OTHER;
    this.#requests.at([channel, endpoint, protocol, outcome], zero).value += sums.requests;
    if (error !== '') {
      const code = this.#errors.size < MOST_SERIES ? error : OTHER;
      this.#errors.at([channel, code], zero).value += sums.requests;
    }
    addSums(this.#byChannel.at([channel], noSums).value, sums);
    const durations = this.#durations.at([channel, protocol], noDurations).value;
    durations.histogram.merge(latency);
    durations.sumUs += sums.latency_us;
  }

  /** Prometheus takes an empty name for none: that is where no channel was reached. */
  #nameOf(id: string): string {
    const name = id.toWellFormed();
    if (name === '' || this.#channels.has(name)) return name;
    if (this.#channels.size >= MOST_CHANNELS || !this.#isConfigured(id)) return OTHER;
    this.#channels.add(name);
    return name;
  }
}

const zero = (): number => 0;
const noDurations = (): Durations => ({ histogram: new LatencyHistogram(), sumUs: 0 });
const noSums = (): ChannelSums => ({
  bytes_in: 0,
  bytes_out: 0,
  tokens_in: 0,
  tokens_out: 0,
  tokens_cached: 0,
  tokens_reasoning: 0,
  characters: 0,
  seconds: 0,
  cost: 0,
});

function addSums(to: ChannelSums, sums: RowSums): void {
  for (const sum of SUMS) if (sum !== 'requests' && sum !== 'latency_us') to[sum] += sums[sum];
}

/** Values by names. Ids hold no control characters, so names joined by one are told apart. */
class Series<V> {
  readonly #byKey = new Map<string, Counted<V>>();

  get size(): number {
    return this.#byKey.size;
  }

  at(names: readonly string[], make: () => V): Counted<V> {
    const key = names.join('\n');
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const counted = { names, value: make() };
    this.#byKey.set(key, counted);
    return counted;
  }

  all(): Iterable<Counted<V>> {
    return this.#byKey.values();
  }
}

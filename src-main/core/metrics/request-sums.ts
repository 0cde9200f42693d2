import type { CountedHour } from '../usage/counted-rows.ts';
import { LATENCY_BUCKETS } from '../usage/latency-buckets.ts';
import { OTHER } from '../usage/usage-names.ts';
import { ROW_DIMENSIONS, SUMS } from '../usage/usage-row.ts';
import { type Counted, Series } from './series.ts';

/** Channels that came and went within one run; more are told together. */
const MOST_CHANNELS = 2_000;
/** Beyond so many, what clients and platforms may name freely is told together. */
const MOST_SERIES = 20_000;

const WIDTH = SUMS.length;
const REQUESTS = SUMS.indexOf('requests');
const LATENCY = SUMS.indexOf('latency_us');
const NAMES = ROW_DIMENSIONS.length;
const CHANNEL = ROW_DIMENSIONS.indexOf('channel');
const ENDPOINT = ROW_DIMENSIONS.indexOf('endpoint');
const PROTOCOL = ROW_DIMENSIONS.indexOf('protocol');
const OUTCOME = ROW_DIMENSIONS.indexOf('outcome');
const ERROR = ROW_DIMENSIONS.indexOf('error');

/** How long requests took: their number in each of the usage counters' buckets, and all of it together in microseconds. */
export interface Durations {
  readonly buckets: Float64Array;
  sumUs: number;
}

/** What a row of the counters is added to. */
interface Group {
  readonly requests: Counted<number>;
  /** `null` where nothing failed. */
  readonly errors: Counted<number> | null;
  readonly sums: Float64Array;
  readonly durations: Durations;
}

/** Sums since the start of the program, with few enough names for metrics whatever was requested. */
export class RequestSums {
  readonly #isConfigured: (channel: string) => boolean;
  readonly #channels = new Set<string>();
  readonly #requests = new Series<number>(() => 0);
  readonly #errors = new Series<number>(() => 0);
  readonly #byChannel = new Series(() => new Float64Array(WIDTH));
  readonly #durations = new Series<Durations>(() => ({
    buckets: new Float64Array(LATENCY_BUCKETS),
    sumUs: 0,
  }));

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

  /** By channel; in the order of `SUMS`. */
  get sums(): Iterable<Counted<Float64Array>> {
    return this.#byChannel.all();
  }

  /** By channel and protocol. */
  get durations(): Iterable<Counted<Durations>> {
    return this.#durations.all();
  }

  /** Adds what the usage counters hand over; it is not kept. There may be thousands of rows, while requests wait. */
  add(hours: readonly CountedHour[]): void {
    const groups = new Map<string, Group>();
    for (const hour of hours) {
      for (let row = 0; row < hour.rows; row += 1)
        addRow(this.#groupOf(groups, hour.names, row * NAMES), hour, row);
    }
  }

  #groupOf(groups: Map<string, Group>, names: readonly string[], at: number): Group {
    const channel = names[at + CHANNEL] ?? '';
    const endpoint = names[at + ENDPOINT] ?? '';
    const protocol = names[at + PROTOCOL] ?? '';
    const outcome = names[at + OUTCOME] ?? '';
    const error = names[at + ERROR] ?? '';
    // None of them holds a line's end: ids must not, and the counters fold what does.
    const key = `${channel}\n${endpoint}\n${protocol}\n${outcome}\n${error}`;
    const known = groups.get(key);
    if (known !== undefined) return known;
    const named = this.#nameOf(channel);
    const place = this.#requests.size < MOST_SERIES ? endpoint : OTHER;
    const code = this.#errors.size < MOST_SERIES ? error : OTHER;
    const group = {
      requests: this.#requests.at([named, place, protocol, outcome]),
      errors: error === '' ? null : this.#errors.at([named, code]),
      sums: this.#byChannel.at([named]).value,
      durations: this.#durations.at([named, protocol]).value,
    };
    groups.set(key, group);
    return group;
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

function addRow({ requests, errors, sums, durations }: Group, hour: CountedHour, row: number): void {
  const at = row * WIDTH;
  const count = hour.sums[at + REQUESTS] ?? 0;
  requests.value += count;
  if (errors !== null) errors.value += count;
  durations.sumUs += hour.sums[at + LATENCY] ?? 0;
  for (let sum = 0; sum < WIDTH; sum += 1) sums[sum] = (sums[sum] ?? 0) + (hour.sums[at + sum] ?? 0);
  const { buckets } = durations;
  const from = row * LATENCY_BUCKETS;
  for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket += 1) {
    const more = hour.buckets[from + bucket] ?? 0;
    if (more > 0) buckets[bucket] = (buckets[bucket] ?? 0) + more;
  }
}

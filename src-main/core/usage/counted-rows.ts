import type { RequestRecord } from '../../contract/request-record.ts';
import type { Dimensions } from '../../contract/statistics.ts';
import { LATENCY_BUCKETS, latencyBucket } from './latency-buckets.ts';
import { RowIndex } from './row-index.ts';
import type { UsagePeriod } from './usage-period.ts';
import { MICRO, NANO, ROW_DIMENSIONS, SUMS } from './usage-row.ts';

const FIRST_CAPACITY = 16;
const WIDTH = SUMS.length;

/** The members of a record that are added up. Others than finite positive ones count nothing. */
export type CountedRecord = Pick<
  RequestRecord,
  | 'bytes_in'
  | 'bytes_out'
  | 'tokens_in'
  | 'tokens_out'
  | 'tokens_cached'
  | 'tokens_reasoning'
  | 'characters'
  | 'seconds'
  | 'cost'
  | 'method'
  | 'model'
  | 'outcome'
>;

/** What was counted in one hour, in columns that are cheap to add to and to hand to another thread. */
export interface CountedHour {
  readonly startMs: number;
  readonly untilMs: number;
  /** The zone whose hour it is. */
  readonly timeZone: string;
  /** So many names for each row, in the order of `ROW_DIMENSIONS`. */
  readonly names: readonly string[];
  /** One for each of `SUMS` for each row; longer than that. */
  readonly sums: Float64Array<ArrayBuffer>;
  /** One for each bucket for each row; longer than that. */
  readonly buckets: Uint32Array<ArrayBuffer>;
  readonly rows: number;
}

/** Rows of one hour, kept in two arrays without gaps, so that counting makes no garbage. */
export class CountedRows {
  readonly period: UsagePeriod;
  readonly startMs: number;
  readonly untilMs: number;
  /** Rows by what records are called; several records may lead to one row. */
  readonly index = new RowIndex();
  readonly #byName = new Map<string, number>();
  readonly timeZone: string;
  readonly #names: string[] = [];
  #sums = new Float64Array(FIRST_CAPACITY * WIDTH);
  #buckets = new Uint32Array(FIRST_CAPACITY * LATENCY_BUCKETS);
  #rows = 0;

  constructor(period: UsagePeriod, timeZone: string) {
    this.period = period;
    this.startMs = period.startMs;
    this.untilMs = period.untilMs;
    this.timeZone = timeZone;
  }

  get rows(): number {
    return this.#rows;
  }

  /** The row of these dimensions, made where there is none. @returns its number */
  rowOf(dimensions: Dimensions): number {
    const name = JSON.stringify(ROW_DIMENSIONS.map((dimension) => dimensions[dimension]));
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const row = this.#addRow(dimensions);
    this.#byName.set(name, row);
    return row;
  }

  #addRow(dimensions: Dimensions): number {
    const row = this.#rows++;
    if (row * WIDTH >= this.#sums.length) this.#grow();
    for (const dimension of ROW_DIMENSIONS) this.#names.push(dimensions[dimension]);
    return row;
  }

  /** Adds one request to a row. @param latencyUs whole microseconds */
  count(row: number, record: CountedRecord, latencyUs: number): void {
    const sums = this.#sums;
    const at = row * WIDTH;
    sums[at] = (sums[at] ?? 0) + 1;
    sums[at + 1] = (sums[at + 1] ?? 0) + latencyUs;
    plus(sums, at + 2, record.bytes_in);
    plus(sums, at + 3, record.bytes_out);
    plus(sums, at + 4, record.tokens_in);
    plus(sums, at + 5, record.tokens_out);
    plus(sums, at + 6, record.tokens_cached);
    plus(sums, at + 7, record.tokens_reasoning);
    plus(sums, at + 8, record.characters);
    plusParts(sums, at + 9, record.seconds, MICRO);
    plusParts(sums, at + 10, record.cost, NANO);
    if (record.cost !== null) plus(sums, at + 11, 1);
    else if (isUnpriced(record)) plus(sums, at + 12, 1);
    const bucket = row * LATENCY_BUCKETS + latencyBucket(latencyUs / 1000);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  /** Hands the columns over; nothing may be added any more. */
  finish(): CountedHour {
    const { startMs, untilMs } = this;
    return {
      startMs,
      untilMs,
      timeZone: this.timeZone,
      names: this.#names,
      sums: this.#sums,
      buckets: this.#buckets,
      rows: this.#rows,
    };
  }

  #grow(): void {
    const sums = new Float64Array(this.#sums.length * 2);
    sums.set(this.#sums);
    this.#sums = sums;
    const buckets = new Uint32Array(this.#buckets.length * 2);
    buckets.set(this.#buckets);
    this.#buckets = buckets;
  }
}

function plus(sums: Float64Array, at: number, value: number | null): void {
  if (value !== null && value > 0 && value < Number.POSITIVE_INFINITY) sums[at] = (sums[at] ?? 0) + value;
}

/** Adds a fraction as whole parts of its unit. */
function plusParts(sums: Float64Array, at: number, value: number | null, parts: number): void {
  plus(sums, at, value === null ? null : Math.round(value * parts));
}

/**
 * Whether something was used that no price is for. Some platforms do not say what an answer used (images); then a model
 * that was asked and answered is use enough.
 */
function isUnpriced(record: CountedRecord): boolean {
  const { tokens_in, tokens_out, characters, seconds } = record;
  if (isUse(tokens_in) || isUse(tokens_out) || isUse(characters) || isUse(seconds)) return true;
  const isServed = record.outcome === 'success' || record.outcome === 'partial';
  return isServed && record.model !== null && record.method === 'POST';
}

const isUse = (value: number | null): boolean => value !== null && value > 0;

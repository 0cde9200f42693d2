import { LATENCY_BUCKETS, latencyBucket, latencyUpperBound } from './latency-buckets.ts';

/** Counts by bucket, as pairs of bucket and count in order of buckets; how a histogram stands in a file. */
export type SparseCounts = readonly number[];

/** How long requests took. Two of them can be added up exactly, so any percentile of any range can be asked for later. */
export class LatencyHistogram {
  readonly #counts: Float64Array | Uint32Array;

  /** @param counts one for each bucket; taken over, not copied */
  constructor(counts: Float64Array | Uint32Array = new Float64Array(LATENCY_BUCKETS)) {
    this.#counts = counts;
  }

  static fromSparse(pairs: SparseCounts): LatencyHistogram {
    const histogram = new LatencyHistogram();
    histogram.addPairs(pairs);
    return histogram;
  }

  /** Counts one duration in milliseconds. */
  add(ms: number): void {
    this.addToBucket(latencyBucket(ms), 1);
  }

  addToBucket(bucket: number, count: number): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
  }

  /** Adds pairs of bucket and count that stand in a part of a list. */
  addPairs(pairs: ArrayLike<number>, from = 0, until = pairs.length): void {
    for (let at = from; at < until; at += 2) this.addToBucket(pairs[at] ?? 0, pairs[at + 1] ?? 0);
  }

  merge(other: LatencyHistogram): void {
    for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
      const count = other.#counts[bucket] ?? 0;
      if (count > 0) this.addToBucket(bucket, count);
    }
  }

  get count(): number {
    let sum = 0;
    for (const count of this.#counts) sum += count;
    return sum;
  }

  /**
   * How many took at most so long, in milliseconds. Exact where that is a bound of buckets, as the powers of two of a
   * second are; else those of the bucket it lies in are left out.
   */
  countAtMost(ms: number): number {
    let sum = 0;
    for (let bucket = 0; bucket < LATENCY_BUCKETS && latencyUpperBound(bucket) <= ms; bucket++) {
      sum += this.#counts[bucket] ?? 0;
    }
    return sum;
  }

  /**
   * The duration in milliseconds that so many per cent took at most, by interpolation within its bucket; `null` where
   * nothing was counted. What lies above the highest bound is told as that bound.
   * @param percent 0 to 100
   */
  percentile(percent: number): number | null {
    const total = this.count;
    if (total === 0) return null;
    const rank = (percent / 100) * total;
    let below = 0;
    let last = 0;
    for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
      const count = this.#counts[bucket] ?? 0;
      if (count === 0) continue;
      if (below + count >= rank) return within(bucket, Math.max(0, rank - below) / count);
      below += count;
      last = bucket;
    }
    return within(last, 1);
  }

  toSparse(): number[] {
    const pairs: number[] = [];
    for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
      const count = this.#counts[bucket] ?? 0;
      if (count > 0) pairs.push(bucket, count);
    }
    return pairs;
  }

  clear(): void {
    this.#counts.fill(0);
  }
}

/** The bounds grow by a factor, so what lies between them is shared out by it. @param share 0 to 1 */
function within(bucket: number, share: number): number {
  if (bucket === 0) return share * latencyUpperBound(0);
  const lower = latencyUpperBound(bucket - 1);
  const upper = latencyUpperBound(bucket);
  return upper === Number.POSITIVE_INFINITY ? lower : lower * (upper / lower) ** share;
}

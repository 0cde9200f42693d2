import type { LoggedRequest } from '../../api/live-feed.ts';

/** How many seconds are shown. */
export const WINDOW_S = 300;
const MINUTE_S = 60;
const SECOND_MS = 1_000;
/** Of a second; more would not make a percentile any truer. */
const MOST_LATENCIES = 100;

/** Requests that ended in one second. */
interface Bucket {
  success: number;
  failed: number;
  left: number;
  tokens: number;
  readonly latencies: number[];
  /** Some of them were counted, but not seen. */
  isEstimated: boolean;
}

/** One second of the chart. */
export interface Second {
  /** Its start, epoch milliseconds. */
  readonly at: number;
  readonly success: number;
  readonly failed: number;
  /** The client left, or the answer was cut short. */
  readonly left: number;
}

/** The figures of the last whole minute. */
export interface MinuteFigures {
  readonly requests: number;
  readonly successRate: number | null;
  /** Milliseconds; `null` without requests. */
  readonly median: number | null;
  readonly p95: number | null;
  readonly tokens: number;
  readonly isEstimated: boolean;
}

/** How many seconds one bar of the chart stands for. */
export const STEP_S = 5;

/** Seconds put together to bars, oldest first; a bar begins at the same seconds of a minute, however late it is. */
export function stepsOf(seconds: readonly Second[]): readonly Second[] {
  const steps = Map.groupBy(seconds, ({ at }) => Math.floor(at / (STEP_S * SECOND_MS)));
  return [...steps].map(([step, within]) => {
    const sum = (kind: Kind): number => within.reduce((total, second) => total + second[kind], 0);
    return {
      at: step * STEP_S * SECOND_MS,
      success: sum('success'),
      failed: sum('failed'),
      left: sum('left'),
    };
  });
}

type Kind = 'success' | 'failed' | 'left';

/** What becomes of a request in the chart. */
export function kindOf(outcome: LoggedRequest['outcome']): Kind {
  if (outcome === 'success') return 'success';
  return outcome === 'aborted' || outcome === 'partial' ? 'left' : 'failed';
}

const emptyBucket = (): Bucket => ({
  success: 0,
  failed: 0,
  left: 0,
  tokens: 0,
  latencies: [],
  isEstimated: false,
});

const endOf = ({ time, latency_ms }: LoggedRequest): number =>
  Math.floor((Date.parse(time) + latency_ms) / SECOND_MS);

/** Requests without those of the second in which the oldest of them ended: there may have been more of these. */
export function withoutOldestSecond(items: readonly LoggedRequest[]): readonly LoggedRequest[] {
  const oldest = Math.min(...items.map(endOf));
  return items.filter((item) => endOf(item) > oldest);
}

/** @param sorted ascending @param share between 0 and 1 */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;

/** Counts requests by the second in which they were told, and forgets what is older than five minutes. */
export class LiveWindow {
  readonly #buckets = new Map<number, Bucket>();

  /**
   * @param skipped how many more there were; they are taken to be like those that are here
   * @param nowMs when they were told, epoch milliseconds
   */
  add(items: readonly LoggedRequest[], skipped: number, nowMs: number): void {
    const bucket = this.#bucketAt(nowMs);
    const weight = items.length === 0 ? 0 : 1 + skipped / items.length;
    for (const item of items) this.#count(bucket, item, weight);
    if (items.length === 0) bucket.success += skipped;
    if (skipped > 0) bucket.isEstimated = true;
    this.#forget(nowMs);
  }

  /** Counts requests of before, each in the second in which it ended. */
  addEarlier(items: readonly LoggedRequest[]): void {
    for (const item of items) {
      this.#count(this.#bucketAt(Date.parse(item.time) + item.latency_ms), item, 1);
    }
  }

  /** The last five minutes, oldest first, without the second that still goes on. */
  seconds(nowMs: number): readonly Second[] {
    const current = Math.floor(nowMs / SECOND_MS);
    return Array.from({ length: WINDOW_S }, (_, index) => {
      const second = current - WINDOW_S + index;
      const { success = 0, failed = 0, left = 0 } = this.#buckets.get(second) ?? {};
      return { at: second * SECOND_MS, success, failed, left };
    });
  }

  minute(nowMs: number): MinuteFigures {
    const current = Math.floor(nowMs / SECOND_MS);
    const buckets = Array.from({ length: MINUTE_S }, (_, index) =>
      this.#buckets.get(current - MINUTE_S + index),
    ).filter((bucket) => bucket !== undefined);
    const sum = (of: (bucket: Bucket) => number): number =>
      buckets.reduce((total, bucket) => total + of(bucket), 0);
    const requests = Math.round(sum(({ success, failed, left }) => success + failed + left));
    const sorted = buckets.flatMap(({ latencies }) => latencies).toSorted((one, other) => one - other);
    return {
      requests,
      successRate: requests === 0 ? null : Math.min(1, sum(({ success }) => success) / requests),
      median: percentile(sorted, 0.5),
      p95: percentile(sorted, 0.95),
      tokens: Math.round(sum(({ tokens }) => tokens)),
      isEstimated: buckets.some(({ isEstimated }) => isEstimated),
    };
  }

  #count(bucket: Bucket, item: LoggedRequest, weight: number): void {
    bucket[kindOf(item.outcome)] += weight;
    bucket.tokens += ((item.tokens_in ?? 0) + (item.tokens_out ?? 0)) * weight;
    if (bucket.latencies.length < MOST_LATENCIES) bucket.latencies.push(item.latency_ms);
  }

  #bucketAt(timeMs: number): Bucket {
    const second = Math.floor(timeMs / SECOND_MS);
    const known = this.#buckets.get(second);
    if (known !== undefined) return known;
    const made = emptyBucket();
    this.#buckets.set(second, made);
    return made;
  }

  #forget(nowMs: number): void {
    const oldest = Math.floor(nowMs / SECOND_MS) - WINDOW_S;
    for (const second of this.#buckets.keys()) if (second < oldest) this.#buckets.delete(second);
  }
}

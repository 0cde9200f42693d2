/**
 * Buckets whose bounds grow by the eighth root of two, as in Prometheus' native histograms of schema 3 and
 * OpenTelemetry's exponential histogram of scale 3: each value is known to ±4.4 %, and powers of two of a second
 * are bounds. From 2⁻¹³ s (0.12 ms) to 2¹² s (68 min), with one bucket below and one above.
 */
const PER_OCTAVE = 8;
const LOWEST_OCTAVE = -13;
const HIGHEST_OCTAVE = 12;
const OFFSET = -LOWEST_OCTAVE * PER_OCTAVE;

/** How many buckets there are: number 0 is below the others, the last one above. */
export const LATENCY_BUCKETS = (HIGHEST_OCTAVE - LOWEST_OCTAVE) * PER_OCTAVE + 2;

const LAST = LATENCY_BUCKETS - 1;

/** The bucket of a duration in milliseconds. A bucket holds its upper bound and not its lower one. */
export function latencyBucket(ms: number): number {
  if (!(ms > 0)) return 0;
  const bucket = Math.ceil(Math.log2(ms / 1000) * PER_OCTAVE) + OFFSET;
  return bucket < 0 ? 0 : bucket > LAST ? LAST : bucket;
}

/** The largest duration that belongs into a bucket, in milliseconds; `Infinity` for the last one. */
export function latencyUpperBound(bucket: number): number {
  return bucket >= LAST ? Number.POSITIVE_INFINITY : 1000 * 2 ** ((bucket - OFFSET) / PER_OCTAVE);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The ranges that can be chosen with one press. */
export const RANGES = ['1h', '24h', '7d', '30d', '90d', '365d'] as const;
export type RangeName = (typeof RANGES)[number];

const LENGTHS: Readonly<Record<RangeName, number>> = {
  '1h': HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
  '365d': 365 * DAY_MS,
};

/** A half-open range in RFC 3339. */
export interface TimeRange {
  readonly start_time: string;
  readonly end_time: string;
}

/** The range that ends now. @param nowMs epoch milliseconds */
export function rangeUntilNow(name: RangeName, nowMs: number): TimeRange {
  return {
    start_time: new Date(nowMs - LENGTHS[name]).toISOString(),
    end_time: new Date(nowMs).toISOString(),
  };
}

import type { TimeRange } from './time-range.ts';

const HOUR_MS = 3_600_000;

/**
 * The last two hours that usage is counted by: the one that has ended and the one that goes on, so at least an hour.
 * @param nowMs epoch milliseconds
 */
export const recentRange = (nowMs: number): TimeRange => ({
  start_time: new Date(nowMs - 2 * HOUR_MS + 1).toISOString(),
  end_time: new Date(nowMs).toISOString(),
});

import { useQuery } from '@tanstack/react-query';
import { admin, answer } from '../api/client.ts';
import type { TimeRange } from './time-range.ts';

const EVERY_MS = 15_000;
const HOUR_MS = 3_600_000;
const MOST = '10000';

/**
 * The last two hours that usage is counted by: the one that has ended and the one that goes on, so at least an hour.
 * @param nowMs epoch milliseconds
 */
export const recentRange = (nowMs: number): TimeRange => ({
  start_time: new Date(nowMs - 2 * HOUR_MS + 1).toISOString(),
  end_time: new Date(nowMs).toISOString(),
});

/** The last hour of every channel, by id, and since when it counts. */
export function useChannelFigures() {
  return useQuery({
    queryKey: ['statistics', 'channels', 'recent'],
    queryFn: async () => {
      const query = { ...recentRange(Date.now()), percentiles: '50', limit: MOST };
      const { items, covered, start_time } = await answer(admin.statistics.channels.$get({ query }));
      const byId = new Map(items.map((item) => [item.channel ?? '', item]));
      return { byId, since: covered?.start_time ?? start_time };
    },
    refetchInterval: EVERY_MS,
  });
}

/** The figures of channels. */
export type RecentFigures = NonNullable<ReturnType<typeof useChannelFigures>['data']>;

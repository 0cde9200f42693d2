import { useQuery } from '@tanstack/react-query';
import { admin, answer } from '../api/client.ts';
import { recentRange } from './recent-range.ts';

const EVERY_MS = 15_000;
const MOST = '10000';

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

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';
import { rangeUntilNow } from '../../ui/time-range.ts';

const FIGURES_EVERY_MS = 15_000;
const ERRORS_EVERY_MS = 60_000;
const SESSIONS_EVERY_MS = 5_000;
const MOST_OF_EACH = '20';

/** The outcomes that somebody should look at. */
const FAILURES = ['platform_error', 'gateway_error', 'client_error'] as const;

/** The last 24 hours, all together and by the hour. */
export function useDay() {
  return useQuery({
    queryKey: ['statistics', 'timeline', '24h', 'overview'],
    queryFn: () => {
      const query = {
        ...rangeUntilNow('24h', Date.now()),
        granularity: 'hour' as const,
        percentiles: '50,95',
      };
      return answer(admin.statistics.timeline.$get({ query }));
    },
    refetchInterval: FIGURES_EVERY_MS,
  });
}

const MOST_TOLD = '5';

/** Today, as the counters' calendar has it: all together, and the users and models with most requests. */
export function useToday() {
  return useQuery({
    queryKey: ['statistics', 'today', 'overview'],
    queryFn: async () => {
      // Without a range the server takes its own day.
      const query = { limit: MOST_TOLD, percentiles: '' };
      const [users, models] = await Promise.all([
        answer(admin.statistics.users.$get({ query })),
        answer(admin.statistics.models.$get({ query })),
      ]);
      return { users, models };
    },
    refetchInterval: FIGURES_EVERY_MS,
  });
}

/** What a user or a model used today. */
export type TodayGroup = NonNullable<ReturnType<typeof useToday>['data']>['users']['items'][number];

/** What failed within the last 24 hours, newest first. What fails from now on is told by the feed. */
export function useFailures() {
  return useQuery({
    queryKey: ['requests', 'failures'],
    queryFn: async () => {
      const { start_time } = rangeUntilNow('24h', Date.now());
      const pages = await Promise.all(
        FAILURES.map((outcome) =>
          answer(admin.requests.$get({ query: { start_time, outcome, limit: MOST_OF_EACH } })),
        ),
      );
      return pages.flatMap(({ items }) => items);
    },
    refetchInterval: ERRORS_EVERY_MS,
  });
}

/** The WebSocket sessions that are open. */
export function useOpenSessions() {
  return useQuery({
    queryKey: ['websocket-sessions'],
    queryFn: () => answer(admin['websocket-sessions'].$get()),
    refetchInterval: SESSIONS_EVERY_MS,
  });
}

/** Refuses AI traffic for now, or takes it again. */
export function usePausing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => answer(paused ? admin.pause.$post() : admin.resume.$post()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['status'] }),
  });
}

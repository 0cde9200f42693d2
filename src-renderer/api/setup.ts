import { useQuery } from '@tanstack/react-query';
import { admin, answer } from './client.ts';
import { useStatus } from './program-queries.ts';
import { useRecords } from './record-queries.ts';

/** What the first start makes by itself. */
const FIRST_USER = 'admin';
const AGAIN_MS = 10_000;

/** How far AIProxy is set up, as it really is. */
export interface Setup {
  /** Whether there is a way to a platform, or to the demo. */
  readonly hasChannel: boolean;
  /** Whether there is a user besides the one of the first start. */
  readonly hasUser: boolean;
  /** Whether some request was answered. */
  readonly hasAnswer: boolean;
  readonly done: number;
}

/** @returns `null` until it is known */
export function useSetup(): Setup | null {
  const status = useStatus().data;
  const users = useRecords('users', { per_page: 2 }).data;
  const answered = useQuery({
    queryKey: ['setup', 'answered'],
    queryFn: async () => {
      const { items } = await answer(admin.requests.$get({ query: { outcome: 'success', limit: '1' } }));
      return items.length > 0;
    },
    // It does not become untrue.
    refetchInterval: ({ state }) => (state.data === true ? false : AGAIN_MS),
  }).data;
  if (status === undefined || users === undefined || answered === undefined) return null;
  const hasChannel = status.counts.channels > 0;
  const hasUser = status.demo || users.items.some(({ id }) => id !== FIRST_USER);
  const steps = [hasChannel, hasUser, answered];
  return { hasChannel, hasUser, hasAnswer: answered, done: steps.filter(Boolean).length };
}

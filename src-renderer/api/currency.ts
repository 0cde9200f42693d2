import { useQuery } from '@tanstack/react-query';
import { admin, answer } from './client.ts';

const FRESH_MS = 60_000;

/** What costs are in, for what tells amounts alone; `null` where the prices name none, and until it is known. */
export function useCurrency(): string | null {
  const { data = null } = useQuery({
    queryKey: ['statistics', 'currency'],
    queryFn: async () =>
      (await answer(admin.statistics.summary.$get({ query: { percentiles: '' } }))).currency,
    staleTime: FRESH_MS,
  });
  return data;
}

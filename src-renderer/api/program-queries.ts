import { useQuery } from '@tanstack/react-query';
import { admin, answer } from './client.ts';

const STATUS_EVERY_MS = 10_000;

/** What the program says of itself, asked every ten seconds. */
export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: () => answer(admin.status.$get()),
    refetchInterval: STATUS_EVERY_MS,
  });
}

/** The platforms that channels can lead to. */
export function usePlatforms() {
  return useQuery({
    queryKey: ['platforms'],
    queryFn: async () => (await answer(admin.platforms.$get())).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

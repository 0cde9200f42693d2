import { useQuery } from '@tanstack/react-query';
import { admin, answer } from './client.ts';

/** How often the program is asked how it is. */
export const STATUS_EVERY_MS = 5_000;

/** What the program says of itself; asked every few seconds, and at once where somebody else got no answer. */
export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: () => answer(admin.status.$get()),
    refetchInterval: STATUS_EVERY_MS,
    // It is said at once that nobody answers.
    retry: false,
  });
}

/** Whether the configuration cannot be changed here, so that nothing new is offered. */
export function useIsReadOnly(): boolean {
  const reason = useStatus().data?.read_only ?? null;
  return reason !== null;
}

/** The platforms that channels can lead to. */
export function usePlatforms() {
  return useQuery({
    queryKey: ['platforms'],
    queryFn: async () => (await answer(admin.platforms.$get())).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

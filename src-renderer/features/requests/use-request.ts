import { useQuery } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';
import type { LoggedRequest } from '../../api/live-feed.ts';

/**
 * One request; the log is searched only where it is not at hand.
 * @param id `null` asks for nothing
 * @param known as it stands in the list
 */
export function useRequest(id: string | null, known: LoggedRequest | null) {
  return useQuery<LoggedRequest>({
    queryKey: ['request', id],
    queryFn: () => answer(admin.requests[':request_id'].$get({ param: { request_id: id ?? '' } })),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    ...(known === null ? {} : { initialData: known }),
  });
}

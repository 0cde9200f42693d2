import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';

const KEY = ['central'] as const;

/** Whether this computer is connected to a central key service, and where. */
export const useCentral = () => useQuery({ queryKey: KEY, queryFn: () => answer(admin.central.$get()) });

/** How the connection is, as the screen shows it. */
export type CentralState = NonNullable<ReturnType<typeof useCentral>['data']>;

/** What is entered to connect. */
export interface CentralEntry {
  readonly base_url: string;
  /** `''` keeps the stored one. */
  readonly proxy_key: string;
}

/** A change of the connection; the channel and the user `me` change along. */
function useCentralChange<T>(change: (value: T) => Promise<CentralState>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (state) => {
      client.setQueryData(KEY, state);
      await Promise.all(
        ['channels', 'users', 'names', 'status'].map((name) =>
          client.invalidateQueries({ queryKey: [name] }),
        ),
      );
    },
  });
}

/** Connects, once the service took the key; or without asking it. */
export const useConnect = () =>
  useCentralChange(({ entry, force }: { readonly entry: CentralEntry; readonly force: boolean }) => {
    const { base_url, proxy_key } = entry;
    const json = proxy_key === '' ? { base_url } : { base_url, proxy_key };
    return answer(admin.central.$put({ json, query: force ? { force: 'true' } : {} }));
  });

/** Ends the connection. */
export const useDisconnect = () => useCentralChange(() => answer(admin.central.$delete()));

import { QueryClient } from '@tanstack/react-query';
import { mayPass, onUnreachable } from './admin-fetch.ts';

const MOST_TRIES = 3;

/** What the screens have read; it is forgotten with the page. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < MOST_TRIES && mayPass(error),
      // AIProxy may run on this very computer, without any network.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

// Where one question gets no answer, the program is asked how it is: all screens show that.
onUnreachable(() => void queryClient.invalidateQueries({ queryKey: ['status'] }));

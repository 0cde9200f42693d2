import { useQuery } from '@tanstack/react-query';
import { admin, answer } from './client.ts';

/** The channels a user may use, and why, as the server judges it. @param id of the user; `''` asks nothing */
export function useUserChannels(id: string) {
  return useQuery({
    // With what is known of records: whatever changes them changes this.
    queryKey: ['users', 'channels', id],
    queryFn: async () => (await answer(admin.users[':id'].channels.$get({ param: { id } }))).items,
    enabled: id !== '',
  });
}

/** One of them. */
export type PermittedChannel = NonNullable<ReturnType<typeof useUserChannels>['data']>[number];

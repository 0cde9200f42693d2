import { useQuery } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';

/** How many users each group has, by its id. */
export function useGroupMembers(): ReadonlyMap<string, number> | null {
  const { data } = useQuery({
    // Below the users, so that a change of one asks anew.
    queryKey: ['users', 'group-members'],
    queryFn: async () => (await answer(admin['group-members'].$get())).items,
  });
  return data === undefined ? null : new Map(data.map(({ group, users }) => [group, users]));
}

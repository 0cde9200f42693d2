import { useQuery } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';

/** The departments that users name, and how many users each has. */
export function useDepartments() {
  return useQuery({
    // Below the users, so that a change of one asks anew.
    queryKey: ['users', 'departments'],
    queryFn: async () => (await answer(admin.departments.$get())).items,
  });
}

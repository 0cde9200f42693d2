import { useUserChannels } from '../../api/user-channels.ts';

/** Which channels a user and their group may use; `null` until that is known. @param user an id, or `''` */
export function usePermittedChannels(user: string): readonly string[] | null {
  return useUserChannels(user).data?.map(({ id }) => id) ?? null;
}

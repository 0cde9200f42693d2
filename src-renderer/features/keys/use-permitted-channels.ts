import { useRecord } from '../../api/record-queries.ts';

/** Which channels a user and their group may use; `null` until that is known. @param user an id, or `''` */
export function usePermittedChannels(user: string): '*' | readonly string[] | null {
  const owner = useRecord('users', user === '' ? null : user).data?.record;
  const group = useRecord('groups', owner?.group ?? null).data?.record;
  if (owner === undefined) return null;
  if (owner.channels === '*' || group?.channels === '*') return '*';
  if (owner.group !== undefined && group === undefined) return null;
  return [...new Set([...(owner.channels ?? []), ...(group?.channels ?? [])])];
}

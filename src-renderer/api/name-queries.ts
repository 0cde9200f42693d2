import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { admin, answer } from './client.ts';

type Ids = readonly string[];

/** Of which records names are wanted, by id. */
export interface NamedIds {
  readonly users?: Ids;
  readonly keys?: Ids;
  readonly channels?: Ids;
  readonly groups?: Ids;
}

/** More would make an address longer than the server takes. */
const MOST_IDS = 200;

const asked = (ids: Ids = []): string[] =>
  [...new Set(ids)]
    .filter((id) => id !== '')
    .sort()
    .slice(0, MOST_IDS);

/**
 * The names of records that are known by their ids only. Nothing is asked where there are none.
 * @returns a query; ids of what was deleted are not in its data
 */
export function useNames({ users, keys, channels, groups }: NamedIds) {
  const query = { user: asked(users), key: asked(keys), channel: asked(channels), group: asked(groups) };
  return useQuery({
    queryKey: ['names', query],
    queryFn: () => answer(admin.names.$get({ query })),
    placeholderData: keepPreviousData,
    enabled: Object.values(query).some((ids) => ids.length > 0),
  });
}

import { useMemo } from 'react';
import { useRecords } from '../api/record-queries.ts';

/** As many as the server gives at once. */
const MOST = 500;

/** The models that channels say they offer. @param channels ids; `"*"` or `undefined` for those of all channels */
export function useOfferedModels(channels: '*' | readonly string[] | undefined): readonly string[] {
  const { data } = useRecords('channels', { per_page: MOST, sort: 'priority' });
  return useMemo(() => {
    const asked = (data?.items ?? []).filter(
      ({ id }) => channels === undefined || channels === '*' || channels.includes(id),
    );
    return [...new Set(asked.flatMap(({ models }) => models ?? []))].sort();
  }, [data, channels]);
}

import { useEffect, useState } from 'react';
import { useRecord } from '../api/record-queries.ts';
import type { Resource, Versioned } from '../api/records.ts';

/**
 * A record as it was stored when its form was opened, `null` until it is read. What was read before may be old; what
 * somebody else saves from now on must not replace what is being entered.
 */
export function useOpenedRecord<R extends Resource>(resource: R, id: string) {
  const query = useRecord(resource, id);
  const [opened, reopen] = useState<Versioned<R> | null>(null);
  const fresh = query.isFetching ? null : (query.data ?? null);
  useEffect(() => {
    if (opened === null && fresh !== null) reopen(fresh);
  }, [opened, fresh]);
  return { query, opened, reopen };
}

import { useMemo } from 'react';
import { useRecords } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';

/** As many as the server gives at once. */
const MOST = 500;

/** What the form of a key wants to know of the channels. */
export interface ChannelFacts {
  readonly byId: ReadonlyMap<string, RecordOf<'channels'>>;
  /** Their own priorities, where they have one. */
  readonly priorities: ReadonlyMap<string, number>;
}

/** Facts of the channels, the first ones by priority. @param isWanted whether they are asked for at all */
export function useChannelFacts(isWanted = true) {
  const { data, isPending } = useRecords('channels', { per_page: MOST, sort: 'priority' }, isWanted);
  const facts = useMemo<ChannelFacts>(() => {
    const items = data?.items ?? [];
    const own = items.flatMap(({ id, priority }) =>
      priority === undefined ? [] : [[id, priority] as const],
    );
    return { byId: new Map(items.map((item) => [item.id, item])), priorities: new Map(own) };
  }, [data]);
  return { facts, isPending };
}

import { useMemo } from 'react';
import type { UsageRow } from './table-rows.ts';
import type { Grouping, UsageAddress } from './usage-address.ts';
import { type GroupsAnswer, groupKey, type TimelineAnswer, type UsageItem } from './usage-answer.ts';
import { useTitleOf } from './use-titles.ts';

interface UsageRowsSource {
  readonly address: UsageAddress;
  readonly timeline: TimelineAnswer;
  readonly groups: GroupsAnswer;
  readonly both: GroupsAnswer | undefined;
}

const rowOf = (item: UsageItem, by: Grouping, titleOf: (item: UsageItem) => string): UsageRow => {
  const id = item[by] ?? '';
  const title = titleOf(item);
  return {
    key: `${item.period ?? ''} ${groupKey(item, by)}`,
    title,
    id: title.includes(id) || item.name === undefined || item.name === null ? '' : id,
    period: item.period ?? '',
    figures: item,
    value: id === '' ? null : id,
  };
};

/** The rows that the address asks for, unsorted; `null` until they are here. */
export function useUsageRows({ address, timeline, groups, both }: UsageRowsSource): {
  readonly rows: readonly UsageRow[] | null;
  /** How many there are, also beyond what was read. */
  readonly count: number;
} {
  const { by, rows: kind } = address;
  const titleOf = useTitleOf(by);
  return useMemo(() => {
    if (kind === 'time') {
      const rows = timeline.items.map((item): UsageRow => {
        const { period } = item;
        return { key: period, title: '', id: '', period, figures: item, value: null };
      });
      return { rows, count: rows.length };
    }
    const answer = kind === 'both' ? both : groups;
    const rows = answer?.items.map((item) => rowOf(item, by, titleOf)) ?? null;
    return { rows, count: answer?.count ?? 0 };
  }, [kind, timeline, groups, both, by, titleOf]);
}

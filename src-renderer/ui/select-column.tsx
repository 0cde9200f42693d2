import { Checkbox } from '@mantine/core';
import { useMemo } from 'react';
import { useIsReadOnly } from '../api/program-queries.ts';
import { useBulkTexts } from './bulk-strings.ts';
import type { Column } from './data-table.tsx';
import { titleOf } from './record-title.ts';
import type { Selection } from './use-selection.ts';

/** A record that can be named. */
interface Titled {
  readonly id: string;
  readonly name?: string | undefined;
}

/** The column in which records are chosen; none where nothing can be changed. @param all what the box in its header does */
export function useSelectColumn<T extends Titled>(
  selection: Selection<T>,
  all: string,
): readonly Column<T>[] {
  const t = useBulkTexts();
  const isReadOnly = useIsReadOnly();
  return useMemo(() => {
    if (isReadOnly) return [];
    const headerControl = (
      <Checkbox
        aria-label={all}
        checked={selection.isAll}
        indeterminate={selection.chosen.length > 0 && !selection.isAll}
        onChange={selection.toggleAll}
      />
    );
    const render = (record: T) => (
      <Checkbox
        aria-label={t('select', { name: titleOf(record) })}
        checked={selection.has(record)}
        onChange={() => selection.toggle(record)}
      />
    );
    return [{ key: 'select', header: all, headerControl, render }];
  }, [isReadOnly, selection, all, t]);
}

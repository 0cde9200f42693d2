import { SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { DataTable } from '../../ui/data-table.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUsageTexts } from './strings.ts';
import { sortedRows, type UsageRow } from './table-rows.ts';
import type { GroupsAnswer, TimelineAnswer } from './usage-answer.ts';
import type { UsageState } from './use-usage-address.ts';
import { useUsageColumns } from './use-usage-columns.tsx';
import { useUsageRows } from './use-usage-rows.ts';

interface UsageTableProps {
  readonly state: UsageState;
  readonly timeline: TimelineAnswer;
  readonly groups: GroupsAnswer;
  /** By group and period, where that is asked for and here. */
  readonly both: GroupsAnswer | undefined;
}

const PER_PAGE = 25;

function RowKinds({ state: { address, change } }: Pick<UsageTableProps, 'state'>) {
  const t = useUsageTexts();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('rows')}
      data={[
        { value: 'group', label: t(address.by) },
        { value: 'time', label: t('rowTime') },
        { value: 'both', label: t('rowBoth') },
      ]}
      value={address.rows}
      onChange={(rows) => change({ rows, sort: rows === 'group' ? '' : 'period' })}
    />
  );
}

/** The figures that the charts are drawn from, and what is exported. */
export function UsageTable({ state, timeline, groups, both }: UsageTableProps) {
  const t = useUsageTexts();
  const { number } = useFormats();
  const { address, change } = state;
  const { rows, count } = useUsageRows({ address, timeline, groups, both });
  const columns = useUsageColumns(state, timeline);
  const sorted = useMemo(() => sortedRows(rows ?? [], address.sort), [rows, address.sort]);
  const [place, setPlace] = useState({ page: 1, of: address });
  const page = place.of === address ? place.page : 1;
  const total: UsageRow = {
    key: 'total',
    title: t('total'),
    id: '',
    period: '',
    value: null,
    figures: address.rows === 'group' ? groups.total : timeline.total,
    isTotal: true,
  };
  return (
    <Panel title={t('table')} actions={<RowKinds state={state} />}>
      {rows === null ? (
        <Skeleton height={240} />
      ) : (
        <>
          <DataTable
            label={t('table')}
            columns={columns}
            rows={sorted.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
            rowKey={({ key }) => key}
            footer={total}
            isDense
            sort={address.sort}
            onSort={(sort) => change({ sort })}
          />
          <Paging
            page={page}
            perPage={PER_PAGE}
            total={sorted.length}
            onPage={(next) => setPlace({ page: next, of: address })}
          />
          {count > rows.length && (
            <Text size="sm" c="dimmed">
              {t('cut', { shown: number(rows.length), total: number(count) })}
            </Text>
          )}
        </>
      )}
    </Panel>
  );
}

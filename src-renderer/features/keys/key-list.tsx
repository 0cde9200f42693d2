import { Button, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { useLocation } from 'wouter';
import { useIsReadOnly } from '../../api/program-queries.ts';
import { useRecords } from '../../api/record-queries.ts';
import type { ListPage } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useSelectColumn } from '../../ui/select-column.tsx';
import { type UrlState, useUrlState } from '../../ui/url-state.ts';
import { useUrlSwitch } from '../../ui/url-switch.ts';
import { useMatching } from '../../ui/use-matching.ts';
import { type Selection, useSelection } from '../../ui/use-selection.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { useKeysBulkTexts } from './bulk-strings.ts';
import { type KeyRow, pageOf, useKeyColumns } from './key-columns.tsx';
import { KeyFilters } from './key-filters.tsx';
import { keyStateOf } from './key-state.ts';
import { KeysBulk } from './keys-bulk.tsx';
import {
  FIRST_SORT,
  filtersOf,
  isNarrowed,
  LIST_NAMES,
  type ListValues,
  listQuestionOf,
  PER_PAGE,
} from './list-question.ts';
import { NewKey } from './new-key.tsx';
import { useKeysTexts } from './strings.ts';

interface KeyTableProps {
  readonly state: UrlState<keyof ListValues>;
  readonly data: ListPage<'proxy-keys'>;
}

interface RowsProps {
  readonly items: readonly KeyRow[];
  readonly selection: Selection<KeyRow>;
  readonly sort: string;
  readonly change: KeyTableProps['state']['change'];
}

/** Hundreds of cells: they are drawn anew for new records or another choice, not for each word in the search. */
const Rows = memo(function Rows({ items, selection, sort, change }: RowsProps) {
  const t = useKeysTexts();
  const bulk = useKeysBulkTexts();
  const [, navigate] = useLocation();
  const select = useSelectColumn(selection, bulk('selectAll'));
  return (
    <DataTable
      label={t('table')}
      columns={useKeyColumns(items, select)}
      rows={items}
      rowKey={({ id }) => id}
      sort={sort}
      onSort={(next) => change({ sort: next })}
      isFaint={(row) => ['disabled', 'user_disabled', 'expired'].includes(keyStateOf(row, Date.now()))}
      onRowClick={({ id }) => navigate(pageOf(id))}
    />
  );
});

function KeyTable({ state: { values, change }, data }: KeyTableProps) {
  const selection = useSelection(data.items);
  const matching = useMatching('proxy-keys', filtersOf(values));
  const sort = values.sort === '' ? FIRST_SORT : values.sort;
  return (
    <>
      <Rows items={data.items} selection={selection} sort={sort} change={change} />
      <KeysBulk selection={selection} matching={matching} total={data.total} />
      <Paging
        page={data.page}
        perPage={data.per_page}
        total={data.total}
        onPerPage={(perPage) => change({ per_page: perPage === PER_PAGE ? '' : String(perPage) })}
        onPage={(page) => change({ page: page === 1 ? '' : String(page) })}
      />
    </>
  );
}

function Nothing({ isFiltered, onNew }: { readonly isFiltered: boolean; readonly onNew: () => void }) {
  const t = useKeysTexts();
  const icon = <IconKey size={40} stroke={1.2} aria-hidden />;
  if (isFiltered) return <Empty icon={icon} title={t('noneFound')} />;
  return (
    <Empty icon={icon} title={t('noKeys')}>
      <Text c="dimmed">{t('noKeysHint')}</Text>
      <WhenWritable>
        <Button onClick={onNew}>{t('newKey')}</Button>
      </WhenWritable>
    </Empty>
  );
}

/** All Proxy-Keys, as many as there may be: the server searches, sorts and pages. */
export function KeyList() {
  const t = useKeysTexts();
  const state = useUrlState(LIST_NAMES);
  const isReadOnly = useIsReadOnly();
  const creation = useUrlSwitch('new');
  const returns = useUrlState(['return']).values.return === 'user' && state.values.user !== '';
  const query = useRecords('proxy-keys', listQuestionOf(state.values));
  const newButton = isReadOnly ? undefined : (
    <Button leftSection={<IconPlus size={16} />} onClick={creation.open}>
      {t('newKey')}
    </Button>
  );
  return (
    <Page title={t('title')} summary={t('summary')} actions={newButton}>
      <Panel>
        <KeyFilters {...state} />
        <AnswerView query={query} lines={8}>
          {(data) =>
            data.total > 0 ? (
              <KeyTable state={state} data={data} />
            ) : (
              <Nothing isFiltered={isNarrowed(state.values)} onNew={creation.open} />
            )
          }
        </AnswerView>
      </Panel>
      <NewKey
        isOpen={creation.isOpen}
        user={state.values.user}
        returnTo={returns ? `/users/${encodeURIComponent(state.values.user)}` : null}
        onClose={creation.close}
      />
    </Page>
  );
}

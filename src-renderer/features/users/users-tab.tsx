import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useNames } from '../../api/names.ts';
import type { ListPage } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMatching } from '../../ui/use-matching.ts';
import { useSelection } from '../../ui/use-selection.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { useUsersTexts } from './strings.ts';
import { FILTERS, PER_PAGE, useUserList } from './use-user-list.ts';
import { useUserColumns } from './user-columns.tsx';
import { UserFilters } from './user-filters.tsx';
import { UsersBulk } from './users-bulk.tsx';

type List = ReturnType<typeof useUserList>;

function UserTable({ list, data }: { readonly list: List; readonly data: ListPage<'users'> }) {
  const t = useUsersTexts();
  const [, navigate] = useLocation();
  const selection = useSelection(data.items);
  const matching = useMatching('users', list.filters);
  const names = useNames({ groups: data.items.map(({ group }) => group ?? null) });
  const columns = useUserColumns(selection, names.groups);
  return (
    <>
      <DataTable
        label={t('tableLabel')}
        columns={columns}
        rows={data.items}
        rowKey={({ id }) => id}
        sort={list.sort}
        onSort={(sort) => list.change({ sort })}
        isFaint={({ status }) => status === 'disabled'}
        onRowClick={({ id }) => navigate(`/users/${encodeURIComponent(id)}`)}
      />
      <UsersBulk selection={selection} matching={matching} total={data.total} />
      <Paging
        page={list.page}
        perPage={list.perPage}
        total={data.total}
        onPerPage={(perPage) => list.change({ per_page: perPage === PER_PAGE ? '' : String(perPage) })}
        onPage={(page) => list.change({ page: page === 1 ? '' : String(page) })}
      />
    </>
  );
}

/** All users, as many as there may be: the server searches, sorts and pages. */
export function UsersTab({ onNew }: { readonly onNew: () => void }) {
  const t = useUsersTexts();
  const list = useUserList();
  const isFiltered = FILTERS.some((name) => list.values[name] !== '');
  const icon = <IconUsers size={40} stroke={1.2} aria-hidden />;
  return (
    <Panel>
      <UserFilters values={list.values} change={list.change} />
      <AnswerView query={list.query} lines={8}>
        {(data) => {
          if (data.total > 0) return <UserTable list={list} data={data} />;
          if (isFiltered) return <Empty icon={icon} title={t('noneFound')} />;
          return (
            <Empty icon={icon} title={t('noUsers')}>
              {t('noUsersHint')}
              <WhenWritable>
                <Button onClick={onNew}>{t('newUser')}</Button>
              </WhenWritable>
            </Empty>
          );
        }}
      </AnswerView>
    </Panel>
  );
}

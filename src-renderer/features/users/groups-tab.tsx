import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useRecords } from '../../api/record-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import type { useUrlSwitch } from '../../ui/url-switch.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { EditedGroup, NewGroup } from './edited-group.tsx';
import { useGroupColumns } from './group-columns.tsx';
import { useUsersTexts } from './strings.ts';

const PER_PAGE = 50;

function NoGroups({ isFiltered, onNew }: { readonly isFiltered: boolean; readonly onNew: () => void }) {
  const t = useUsersTexts();
  const icon = <IconUsersGroup size={40} stroke={1.2} aria-hidden />;
  if (isFiltered) return <Empty icon={icon} title={t('noGroupFound')} />;
  return (
    <Empty icon={icon} title={t('noGroups')}>
      {t('noGroupsHint')}
      <WhenWritable>
        <Button onClick={onNew}>{t('newGroup')}</Button>
      </WhenWritable>
    </Empty>
  );
}

/** All groups. One opens beside the list. */
export function GroupsTab({ form }: { readonly form: ReturnType<typeof useUrlSwitch> }) {
  const t = useUsersTexts();
  const { values, change } = useUrlState(['search', 'sort', 'page', 'group']);
  const page = Math.max(1, Number.parseInt(values.page, 10) || 1);
  const sort = values.sort === '' ? 'name' : values.sort;
  const query = useRecords('groups', { search: values.search, sort, page, per_page: PER_PAGE });
  // Opening one is no other filter: the page stays.
  const show = (group: string): void => change({ group, page: values.page }, group !== '');
  const columns = useGroupColumns(show);
  return (
    <Panel>
      <FilterBar
        searchLabel={t('searchGroups')}
        search={values.search}
        onSearch={(search) => change({ search })}
        onClear={values.search === '' ? null : () => change({ search: '' })}
      />
      <AnswerView query={query} lines={6}>
        {(data) =>
          data.total === 0 ? (
            <NoGroups isFiltered={values.search !== ''} onNew={form.open} />
          ) : (
            <>
              <DataTable
                label={t('groupTableLabel')}
                columns={columns}
                rows={data.items}
                rowKey={({ id }) => id}
                sort={sort}
                onSort={(next) => change({ sort: next })}
                onRowClick={({ id }) => show(id)}
              />
              <Paging
                page={page}
                perPage={PER_PAGE}
                total={data.total}
                onPage={(next) => change({ page: next === 1 ? '' : String(next) })}
              />
            </>
          )
        }
      </AnswerView>
      {form.isOpen && <NewGroup onClose={form.close} />}
      {values.group !== '' && <EditedGroup key={values.group} id={values.group} onClose={() => show('')} />}
    </Panel>
  );
}

import { Select } from '@mantine/core';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';
import { useDepartments } from './use-departments.ts';
import { FILTERS, type UserListState } from './use-user-list.ts';

/** What the list of users is narrowed by. */
export function UserFilters({ values, change }: UserListState) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const departments = useDepartments();
  const isFiltered = FILTERS.some((name) => values[name] !== '');
  return (
    <FilterBar
      searchLabel={t('search')}
      search={values.search}
      onSearch={(search) => change({ search })}
      onClear={isFiltered ? () => change(Object.fromEntries(FILTERS.map((name) => [name, '']))) : null}
    >
      <Select
        label={t('department')}
        placeholder={t('any')}
        searchable
        clearable
        limit={50}
        data={(departments.data ?? []).map(({ department, users }) => ({
          value: department,
          label: t('departmentUsers', { department, number: users }),
        }))}
        value={values.department === '' ? null : values.department}
        onChange={(department) => change({ department: department ?? '' })}
      />
      <RecordSelect
        resource="groups"
        label={t('group')}
        placeholder={t('any')}
        clearable
        value={values.group}
        onChange={(group) => change({ group })}
      />
      <Select
        label={t('status')}
        placeholder={t('any')}
        clearable
        data={[
          { value: 'active', label: common('active') },
          { value: 'disabled', label: common('disabled') },
        ]}
        value={values.status === '' ? null : values.status}
        onChange={(status) => change({ status: status ?? '' })}
      />
      <RecordSelect
        resource="channels"
        label={t('channel')}
        placeholder={t('any')}
        clearable
        value={values.channel}
        onChange={(channel) => change({ channel })}
      />
    </FilterBar>
  );
}

import { Select } from '@mantine/core';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import type { UrlState } from '../../ui/url-state.ts';
import { isNarrowed, type ListValues, STATUS_FILTERS } from './list-question.ts';
import { useKeysTexts } from './strings.ts';

const NOTHING = { search: '', user: '', channel: '', status: '' };

/** What the list of Proxy-Keys is narrowed by. */
export function KeyFilters({ values, change }: UrlState<keyof ListValues>) {
  const t = useKeysTexts();
  return (
    <FilterBar
      searchLabel={t('search')}
      search={values.search}
      onSearch={(search) => change({ search })}
      onClear={isNarrowed(values) ? () => change(NOTHING) : null}
    >
      <RecordSelect
        resource="users"
        label={t('user')}
        placeholder={t('any')}
        clearable
        value={values.user}
        onChange={(user) => change({ user })}
      />
      <RecordSelect
        resource="channels"
        label={t('channel')}
        placeholder={t('any')}
        clearable
        value={values.channel}
        onChange={(channel) => change({ channel })}
      />
      <Select
        label={t('status')}
        placeholder={t('any')}
        clearable
        data={STATUS_FILTERS.map((value) => ({ value, label: t(value) }))}
        value={values.status === '' ? null : values.status}
        onChange={(status) => change({ status: status ?? '' })}
      />
    </FilterBar>
  );
}

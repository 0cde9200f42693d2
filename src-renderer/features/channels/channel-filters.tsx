import { Select } from '@mantine/core';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import type { PlatformFacts } from './platform-facts.ts';
import { useChannelTexts } from './strings.ts';

interface ChannelFiltersProps {
  readonly values: { readonly search: string; readonly platform: string; readonly status: string };
  readonly onChange: (changed: { search?: string; platform?: string; status?: string }) => void;
  /** `null` where nothing is filtered. */
  readonly onClear: (() => void) | null;
  readonly platforms: readonly PlatformFacts[];
}

/** Which channels are shown. */
export function ChannelFilters({ values, onChange, onClear, platforms }: ChannelFiltersProps) {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const statuses = [
    { value: 'active', label: common('active') },
    { value: 'disabled', label: common('disabled') },
  ];
  return (
    <FilterBar
      searchLabel={t('find')}
      search={values.search}
      onSearch={(search) => onChange({ search })}
      onClear={onClear}
    >
      <Select
        aria-label={t('platform')}
        placeholder={t('allPlatforms')}
        data={platforms.map(({ id, label }) => ({ value: id, label }))}
        value={values.platform || null}
        onChange={(platform) => onChange({ platform: platform ?? '' })}
        clearable
      />
      <Select
        aria-label={t('status')}
        placeholder={t('anyStatus')}
        data={statuses}
        value={values.status || null}
        onChange={(status) => onChange({ status: status ?? '' })}
        clearable
      />
    </FilterBar>
  );
}

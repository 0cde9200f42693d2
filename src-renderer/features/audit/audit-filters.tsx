import { Select, TextInput } from '@mantine/core';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { RANGES } from '../../ui/time-range.ts';
import { useTypedText } from '../../ui/use-typed-text.ts';
import { KINDS } from './record-kinds.ts';
import { useActionText, useAuditTexts } from './strings.ts';
import type { AuditState } from './use-audit.ts';

interface AuditFiltersProps {
  readonly state: AuditState;
  readonly isFiltered: boolean;
}

/** What the audit log is narrowed by. */
export function AuditFilters({ state: { values, change }, isFiltered }: AuditFiltersProps) {
  const t = useAuditTexts();
  const actionText = useActionText();
  const target = useTypedText(values.target, (next) => change({ target: next }));
  return (
    <FilterBar
      searchLabel={t('search')}
      search={values.text}
      onSearch={(text) => change({ text })}
      onClear={isFiltered ? () => change({ action: '', target: '', text: '', range: '' }) : null}
    >
      <Select
        label={t('action')}
        placeholder={t('any')}
        clearable
        data={KINDS.map((kind) => ({ value: `${kind}.*`, label: actionText(kind) }))}
        value={values.action === '' ? null : values.action}
        onChange={(action) => change({ action: action ?? '' })}
      />
      <TextInput
        label={t('recordId')}
        value={target.typed}
        onChange={({ currentTarget }) => target.type(currentTarget.value)}
      />
      <Select
        label={t('range')}
        placeholder={t('anyTime')}
        clearable
        data={RANGES.map((value) => ({ value, label: t(value) }))}
        value={values.range === '' ? null : values.range}
        onChange={(range) => change({ range: range ?? '' })}
      />
    </FilterBar>
  );
}

import { Autocomplete, Select } from '@mantine/core';
import { useState } from 'react';
import { OUTCOMES, PROTOCOLS } from '../../../src-main/contract/request-record.ts';
import { DIMENSIONS, type Dimension } from '../../../src-main/contract/statistics.ts';
import { useKnownValues } from '../../api/known-values.ts';
import { useOutcomeTexts } from '../../ui/outcome-strings.ts';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useUsageTexts } from './strings.ts';
import type { UsageState } from './use-usage-address.ts';

interface ValueProps {
  readonly dimension: Dimension;
  readonly onValue: (value: string) => void;
}

const RECORDS = { user: 'users', key: 'proxy-keys', channel: 'channels' } as const;
const KNOWN = { model: 'models', endpoint: 'endpoints', error: 'errors' } as const;
const WORDS = { protocol: PROTOCOLS, outcome: OUTCOMES } as const;

/** A text that was used lately, or any other that is entered. */
function TextValue({
  kind,
  onValue,
}: {
  kind: (typeof KNOWN)[keyof typeof KNOWN];
  onValue: ValueProps['onValue'];
}) {
  const t = useUsageTexts();
  const known = useKnownValues(kind, true);
  const [typed, setTyped] = useState('');
  const take = (value: string): void => {
    if (value.trim() !== '') onValue(value.trim());
    setTyped('');
  };
  return (
    <Autocomplete
      label={t('filterValue')}
      data={[...known]}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={take}
      onKeyDown={({ key }) => key === 'Enter' && take(typed)}
    />
  );
}

function Value({ dimension, onValue }: ValueProps) {
  const t = useUsageTexts();
  const words = useOutcomeTexts();
  switch (dimension) {
    case 'user':
    case 'key':
    case 'channel':
      return (
        <RecordSelect resource={RECORDS[dimension]} label={t('filterValue')} value="" onChange={onValue} />
      );
    case 'model':
    case 'endpoint':
    case 'error':
      return <TextValue kind={KNOWN[dimension]} onValue={onValue} />;
    case 'protocol':
    case 'outcome':
      return (
        <Select
          label={t('filterValue')}
          data={WORDS[dimension].map((value) => ({ value, label: words(value) }))}
          value={null}
          onChange={(value) => value !== null && onValue(value)}
        />
      );
  }
}

/** Adds a filter: first by what, then its value; several of one kind are alternatives. */
export function FilterPicker({ state: { address, setFilter } }: { readonly state: UsageState }) {
  const t = useUsageTexts();
  const [dimension, setDimension] = useState<Dimension | null>(null);
  const add = (value: string): void => {
    if (dimension === null || value === '') return;
    setFilter(dimension, [...new Set([...(address.filters[dimension] ?? []), value])]);
    setDimension(null);
  };
  return (
    <>
      <Select
        label={t('filterBy')}
        placeholder="–"
        data={DIMENSIONS.map((value) => ({ value, label: t(value) }))}
        value={dimension}
        onChange={(value) => setDimension(DIMENSIONS.find((one) => one === value) ?? null)}
        clearable
      />
      {dimension !== null && <Value key={dimension} dimension={dimension} onValue={add} />}
    </>
  );
}

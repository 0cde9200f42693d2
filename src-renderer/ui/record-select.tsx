import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useRecord, useRecords } from '../api/record-queries.ts';

interface RecordSelectProps {
  readonly resource: 'users' | 'proxy-keys' | 'channels' | 'groups';
  readonly label: string;
  readonly placeholder?: string;
  /** An id; `''` for none. */
  readonly value?: string;
  readonly onChange: (id: string) => void;
  readonly error?: string | null;
  readonly required?: boolean;
  readonly clearable?: boolean;
  readonly disabled?: boolean;
  /** Narrows what can be chosen, as the list of the resource takes it. */
  readonly filter?: Readonly<Record<string, string>>;
  /** Ids that are not offered, such as those chosen already. */
  readonly exclude?: readonly string[];
}

const MOST_SHOWN = 50;
const PAUSE_MS = 200;

const titleOf = ({ id, name }: { readonly id: string; readonly name?: string | undefined }): string =>
  name === undefined || name === '' || name === id ? id : `${name} (${id})`;

/** Chooses a record by name or id; the server searches, so that there may be any number. */
export function RecordSelect({
  resource,
  value = '',
  onChange,
  error = null,
  filter = {},
  exclude = [],
  ...more
}: RecordSelectProps) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, PAUSE_MS);
  const found = useRecords(resource, { ...filter, search, per_page: MOST_SHOWN, sort: 'name' });
  const chosen = useRecord(resource, value === '' ? null : value);
  const offered = (found.data?.items ?? []).filter(({ id }) => !exclude.includes(id));
  const options = offered.map((record) => ({ value: record.id, label: titleOf(record) }));
  const current = chosen.data?.record;
  if (value !== '' && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: current === undefined ? value : titleOf(current) });
  }
  return (
    <Select
      {...more}
      searchable
      data={options}
      // The server has searched; what it found is shown.
      filter={({ options: all }) => all}
      onSearchChange={(text) => setTyped(options.some(({ label }) => label === text) ? '' : text)}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      error={error}
    />
  );
}

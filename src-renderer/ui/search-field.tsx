import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useCommonTexts } from './strings.ts';

interface SearchFieldProps {
  readonly value: string;
  /** Called when the reader pauses. */
  readonly onChange: (value: string) => void;
  readonly label?: string;
}

const PAUSE_MS = 250;

/** A field to search with. */
export function SearchField({ value, onChange, label }: SearchFieldProps) {
  const t = useCommonTexts();
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback(onChange, PAUSE_MS);
  return (
    <TextInput
      type="search"
      leftSection={<IconSearch size={16} />}
      aria-label={label ?? t('search')}
      placeholder={label ?? t('search')}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}

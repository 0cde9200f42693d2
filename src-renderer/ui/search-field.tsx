import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
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
  const told = useRef(value);
  const tell = useDebouncedCallback((text: string) => {
    told.current = text;
    onChange(text);
  }, PAUSE_MS);
  // Whoever clears the filters clears this field too; what is being typed stays.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
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

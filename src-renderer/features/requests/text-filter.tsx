import { Autocomplete, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

interface TextFilterProps {
  readonly label: string;
  readonly value: string;
  /** Called when the reader pauses. */
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  readonly isSearch?: boolean;
  readonly error?: string | null;
}

const PAUSE_MS = 300;

/** A text to filter by. It follows the address, but not its own way there: nobody's typing is set back. */
export function TextFilter({ label, value, onChange, placeholder, ...more }: TextFilterProps) {
  const { suggestions = [], isSearch = false, error = null } = more;
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useDebouncedCallback((text: string) => {
    told.current = text;
    onChange(text);
  }, PAUSE_MS);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  const shared = { label, value: typed, error, ...(placeholder === undefined ? {} : { placeholder }) };
  const typedNow = (text: string): void => {
    setTyped(text);
    tell(text.trim());
  };
  if (suggestions.length > 0) {
    return <Autocomplete {...shared} data={[...suggestions]} limit={50} onChange={typedNow} />;
  }
  return (
    <TextInput
      {...shared}
      {...(isSearch ? { type: 'search', leftSection: <IconSearch size={16} /> } : {})}
      onChange={({ currentTarget }) => typedNow(currentTarget.value)}
    />
  );
}

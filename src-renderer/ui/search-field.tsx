import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTypedText } from './use-typed-text.ts';

interface SearchFieldProps {
  readonly value: string;
  /** Called when the reader pauses. */
  readonly onChange: (value: string) => void;
  /** What the search looks at. */
  readonly label: string;
}

/** A field to search with. */
export function SearchField({ value, onChange, label }: SearchFieldProps) {
  const { typed, type } = useTypedText(value, onChange);
  return (
    <TextInput
      type="search"
      leftSection={<IconSearch size={16} />}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}

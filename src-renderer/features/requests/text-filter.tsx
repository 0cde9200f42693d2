import { Autocomplete, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTypedText } from '../../ui/use-typed-text.ts';

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

/** A text to filter by. */
export function TextFilter({ label, value, onChange, placeholder, ...more }: TextFilterProps) {
  const { suggestions = [], isSearch = false, error = null } = more;
  const { typed, type } = useTypedText(value, onChange);
  const shared = { label, value: typed, error, ...(placeholder === undefined ? {} : { placeholder }) };
  if (suggestions.length > 0) {
    return <Autocomplete {...shared} data={[...suggestions]} limit={50} onChange={type} />;
  }
  return (
    <TextInput
      {...shared}
      {...(isSearch ? { type: 'search', leftSection: <IconSearch size={16} /> } : {})}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}

import { TagsInput } from '@mantine/core';

interface ListFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value?: readonly string[] | undefined;
  /** An empty list is not set. */
  readonly onChange: (value: readonly string[] | undefined) => void;
  readonly error?: string | null;
}

/** A list that counts only where something stands in it. */
export function ListField({ value = [], onChange, ...more }: ListFieldProps) {
  return (
    <TagsInput
      {...more}
      value={[...value]}
      onChange={(list) => onChange(list.length === 0 ? undefined : list)}
    />
  );
}

import { Select, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';

/** What may be chosen in place of a list: everybody, nobody, or what counts where nothing is set. */
export interface ListAnswer {
  readonly key: string;
  readonly label: string;
  readonly value: ListValue;
}

type ListValue = '*' | readonly string[] | undefined;

interface ListChoiceProps {
  readonly label: string;
  readonly description?: string;
  readonly answers: readonly ListAnswer[];
  /** The choice that lists them one by one. */
  readonly listedLabel: string;
  /** What the list itself is called. */
  readonly listLabel: string;
  readonly listHint: string;
  /** As the form's fields have it. */
  readonly value?: ListValue;
  readonly onChange: (value: ListValue) => void;
  readonly error?: string | null;
}

const LISTED = 'listed';

const isSame = (one: ListValue, other: ListValue): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Everybody, nobody, or those of a list. */
export function ListChoice({ answers, value, onChange, error = null, ...texts }: ListChoiceProps) {
  const chosen = answers.find((answer) => isSame(answer.value, value));
  const [isListing, setIsListing] = useState(chosen === undefined);
  const current = isListing || chosen === undefined ? LISTED : chosen.key;
  const choose = (key: string | null): void => {
    setIsListing(key === LISTED);
    const answer = answers.find((one) => one.key === key);
    if (answer !== undefined) onChange(answer.value);
  };
  return (
    <Stack gap="xs">
      <Select
        label={texts.label}
        description={texts.description}
        data={[
          ...answers.map(({ key, label }) => ({ value: key, label })),
          { value: LISTED, label: texts.listedLabel },
        ]}
        allowDeselect={false}
        value={current}
        onChange={choose}
        error={current === LISTED ? null : error}
      />
      {current === LISTED && (
        <TagsInput
          label={texts.listLabel}
          description={texts.listHint}
          value={Array.isArray(value) ? [...value] : []}
          onChange={onChange}
          error={error}
        />
      )}
    </Stack>
  );
}

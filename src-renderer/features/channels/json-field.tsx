import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useChannelFormTexts } from './form-strings.ts';

interface JsonFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly required: boolean;
  readonly error: string | undefined;
  readonly value: unknown;
  /** Called with what the text means; `undefined` where it is empty. */
  readonly onChange: (value: unknown) => void;
}

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

/** A field for a value with parts, written as JSON. A text that is none is told, and changes nothing. */
export function JsonField({ value, onChange, error, ...shown }: JsonFieldProps) {
  const t = useChannelFormTexts();
  const [text, setText] = useState(() => textOf(value));
  const [isBad, setIsBad] = useState(false);
  const change = (next: string): void => {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next));
      setIsBad(false);
    } catch {
      setIsBad(true);
    }
  };
  return (
    <Textarea
      {...shown}
      autosize
      minRows={2}
      value={text}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      error={isBad ? t('badJson') : error}
    />
  );
}

import { Input, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core';
import { useId } from 'react';
import { useModelsTexts } from './models-strings.ts';

interface ModelsFieldProps {
  /** Whose list it is. */
  readonly of: 'key' | 'user' | 'group';
  /** `null`: all. */
  readonly value: readonly string[] | null;
  readonly onChange: (next: readonly string[] | null) => void;
  /** What the channels say they offer. */
  readonly suggestions: readonly string[];
  readonly error: string | undefined;
}

const MOST_SUGGESTED = 50;

/** Which models a key, a user or the users of a group may use. */
export function ModelsField({ of, value, onChange, suggestions, error }: ModelsFieldProps) {
  const t = useModelsTexts();
  const id = useId();
  return (
    <Input.Wrapper label={t('models')} labelElement="div" labelProps={{ id }}>
      <Stack gap="xs" mt={4}>
        <SegmentedControl
          aria-labelledby={id}
          data={[
            { value: 'all', label: t('all') },
            { value: 'chosen', label: t('chosen') },
          ]}
          value={value === null ? 'all' : 'chosen'}
          onChange={(next) => onChange(next === 'all' ? null : [])}
        />
        <Text size="xs" c="dimmed">
          {t(value === null ? `allHint_${of}` : `hint_${of}`)}
        </Text>
        {value !== null && (
          <TagsInput
            aria-label={t('list')}
            data={[...suggestions]}
            limit={MOST_SUGGESTED}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            value={[...value]}
            onChange={onChange}
            error={error}
          />
        )}
        {value?.length === 0 && (
          <Text size="sm" c="orange">
            {t('none')}
          </Text>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

import { Input, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core';
import { useId } from 'react';
import { useFormTexts } from './form-strings.ts';

interface ModelsFieldProps {
  /** `null`: all. */
  readonly value: readonly string[] | null;
  readonly onChange: (next: readonly string[] | null) => void;
  /** What the channels say they offer. */
  readonly suggestions: readonly string[];
  readonly error: string | undefined;
}

const MOST_SUGGESTED = 50;

/** Which models a key may use. */
export function ModelsField({ value, onChange, suggestions, error }: ModelsFieldProps) {
  const t = useFormTexts();
  const id = useId();
  return (
    <Input.Wrapper label={t('models')} labelElement="div" labelProps={{ id }}>
      <Stack gap="xs" mt={4}>
        <SegmentedControl
          aria-labelledby={id}
          data={[
            { value: 'all', label: t('modelsAll') },
            { value: 'chosen', label: t('modelsChosen') },
          ]}
          value={value === null ? 'all' : 'chosen'}
          onChange={(next) => onChange(next === 'all' ? null : [])}
        />
        <Text size="xs" c="dimmed">
          {value === null ? t('modelsAllHint') : t('modelsHint')}
        </Text>
        {value !== null && (
          <TagsInput
            aria-label={t('modelList')}
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
            {t('modelsNone')}
          </Text>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { QUOTA_FIGURES, type Quota, type QuotaFigure } from './limits.ts';
import styles from './limits-fields.module.css';
import { useLimitsTexts } from './limits-strings.ts';

const PERIODS = ['day', 'month', 'total'] as const;

interface QuotaFieldsProps {
  readonly quota: Quota;
  /** Counts from 1. */
  readonly number: number;
  readonly errorOf: (name: QuotaFigure | 'per') => string | undefined;
  readonly onChange: (name: QuotaFigure | 'per', value: number | string | null) => void;
  readonly onRemove: () => void;
}

/** One quota: for which period, and how much of what. */
export function QuotaFields({ quota, number, errorOf, onChange, onRemove }: QuotaFieldsProps) {
  const t = useLimitsTexts();
  return (
    <fieldset aria-label={t('quota', { number })} className={styles.quota}>
      <Select
        label={t('per')}
        data={PERIODS.map((value) => ({ value, label: t(value) }))}
        value={quota.per}
        onChange={(per) => onChange('per', per ?? 'month')}
        allowDeselect={false}
        error={errorOf('per')}
      />
      {QUOTA_FIGURES.map((name) => (
        <NumberInput
          key={name}
          label={t(name)}
          value={quota[name] ?? ''}
          onChange={(value) => onChange(name, typeof value === 'number' ? value : null)}
          allowDecimal={name === 'cost'}
          allowNegative={false}
          thousandSeparator=" "
          hideControls
          error={errorOf(name)}
        />
      ))}
      <ActionIcon variant="subtle" color="red" aria-label={t('removeQuota', { number })} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </fieldset>
  );
}

import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { errorAt } from '../../ui/field-errors.ts';
import type { Pair } from './channel-values.ts';
import { useChannelFormTexts } from './form-strings.ts';
import styles from './pair-fields.module.css';
import type { ChannelFormState } from './use-channel-form.ts';

interface PairFieldsProps {
  readonly form: ChannelFormState;
  readonly name: 'model_map' | 'path_rewrite' | 'websocket_endpoints' | 'headers';
  readonly label: string;
  readonly description: string;
  /** What the two columns hold. */
  readonly parts: readonly [from: string, to: string];
}

interface PairRowProps extends Pick<PairFieldsProps, 'label' | 'parts'> {
  readonly pair: Pair;
  /** Counts from 1. */
  readonly number: number;
  readonly onChange: (pair: Pair) => void;
  readonly onRemove: () => void;
}

function PairRow({ pair, number, label, parts, onChange, onRemove }: PairRowProps) {
  const t = useChannelFormTexts();
  const input = (part: string, member: 'name' | 'value') => (
    <TextInput
      aria-label={t('rowName', { list: label, part, number })}
      placeholder={part}
      value={pair[member]}
      onChange={({ currentTarget }) => onChange({ ...pair, [member]: currentTarget.value })}
      autoComplete="off"
      spellCheck={false}
    />
  );
  return (
    <div className={styles.row}>
      {input(parts[0], 'name')}
      {input(parts[1], 'value')}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('removeRow', { list: label, number })}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

/** The members of a map, in rows. */
export function PairFields({ form, name, label, description, parts }: PairFieldsProps) {
  const t = useChannelFormTexts();
  const pairs = form.values[name];
  const set = (next: readonly Pair[]): void => form.setFieldValue(name, [...next]);
  const newRow = Math.max(-1, ...pairs.map(({ row }) => row)) + 1;
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={errorAt(form.errors, name)}
      labelElement="div"
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      role="group"
      aria-label={label}
    >
      <Stack gap="xs" mt={6}>
        {pairs.map((pair, at) => (
          <PairRow
            key={pair.row}
            pair={pair}
            number={at + 1}
            label={label}
            parts={parts}
            onChange={(changed) => set(pairs.with(at, changed))}
            onRemove={() => set(pairs.toSpliced(at, 1))}
          />
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            aria-label={`${t('addRow')}: ${label}`}
            onClick={() => set([...pairs, { row: newRow, name: '', value: '' }])}
          >
            {t('addRow')}
          </Button>
        </div>
      </Stack>
    </Input.Wrapper>
  );
}

import { ActionIcon, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Channel } from '../../../src-main/contract/document.ts';
import { errorAt } from '../../ui/field-errors.ts';
import { useChannelFormTexts } from './form-strings.ts';
import styles from './key-fields.module.css';
import { type KeyRow, needsStored } from './key-rows.ts';
import type { ChannelFormState } from './use-channel-form.ts';

interface KeyFieldsProps {
  readonly form: ChannelFormState;
  /** With its keys masked. */
  readonly stored: Partial<Channel>;
  readonly isNeeded: boolean;
}

interface KeyFieldProps {
  readonly keyRow: KeyRow;
  readonly label: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function KeyField({ keyRow, label, error, onChange }: KeyFieldProps) {
  const t = useChannelFormTexts();
  const { stored, value } = keyRow;
  return (
    <PasswordInput
      label={label}
      className={styles.field ?? ''}
      placeholder={stored === null ? '' : t('keyStored', { mask: stored.mask })}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={error}
      // A password manager would offer its own passwords here.
      autoComplete="new-password"
      spellCheck={false}
    />
  );
}

/** The channel's keys: what is entered is sent, what is stored is only ever shown masked. */
export function KeyFields({ form, stored, isNeeded }: KeyFieldsProps) {
  const t = useChannelFormTexts();
  const { keys } = form.values;
  const set = (next: readonly KeyRow[]): void => form.setFieldValue('keys', [...next]);
  const errorOf = (at: number): string | undefined =>
    errorAt(form.errors, `api_keys.${at}`) ?? (at === 0 ? errorAt(form.errors, 'api_key') : undefined);
  const newRow = Math.max(-1, ...keys.map(({ row }) => row)) + 1;
  const isEmpty = keys.every(({ stored: own, value }) => own === null && value === '');
  const hint = isNeeded ? (isEmpty ? 'keyMissing' : 'keyHint') : 'keyUnneeded';
  return (
    <Stack gap="xs">
      {keys.map((keyRow, at) => (
        <div key={keyRow.row} className={styles.row}>
          <KeyField
            keyRow={keyRow}
            label={keys.length === 1 ? t('key') : t('keyNumber', { number: at + 1 })}
            error={errorOf(at)}
            onChange={(value) => set(keys.with(at, { ...keyRow, value }))}
          />
          {(keys.length > 1 || keyRow.stored !== null) && (
            <ActionIcon
              variant="subtle"
              color="gray"
              className={styles.remove}
              aria-label={t('removeKey', { number: at + 1 })}
              onClick={() => set(keys.toSpliced(at, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
      ))}
      <Text size="xs" c="dimmed">
        {t(hint)} {t('env')} {needsStored(keys, stored) && t('keysRead')}
      </Text>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...keys, { row: newRow, stored: null, value: '' }])}
        >
          {t('addKey')}
        </Button>
      </Group>
    </Stack>
  );
}

import { Select, Stack, Switch } from '@mantine/core';
import { EXPIRY_CHOICES, inDays } from '../../ui/expiry.ts';
import { useFormTexts } from './form-strings.ts';

/** Whether a new user gets a Proxy-Key at once. */
export interface KeyWish {
  readonly isWanted: boolean;
  /** `null`: never. */
  readonly expiresInDays: number | null;
}

export const NO_KEY: KeyWish = { isWanted: false, expiresInDays: null };

/** The Proxy-Key that is wished for, as the server takes it. */
export const keyOf = (user: string, { expiresInDays: days }: KeyWish): object => ({
  user,
  ...(days === null ? {} : { expires_at: inDays(days, Date.now()) }),
});

interface KeyWishFieldProps {
  readonly value: KeyWish;
  readonly onChange: (next: KeyWish) => void;
}

/** Makes a Proxy-Key together with its user. */
export function KeyWishField({ value, onChange }: KeyWishFieldProps) {
  const t = useFormTexts();
  return (
    <Stack gap="xs">
      <Switch
        label={t('withKey')}
        description={t('withKeyHint')}
        checked={value.isWanted}
        onChange={({ currentTarget }) => onChange({ ...value, isWanted: currentTarget.checked })}
      />
      {value.isWanted && (
        <Select
          label={t('keyExpires')}
          allowDeselect={false}
          data={[
            { value: '', label: t('keyNever') },
            ...EXPIRY_CHOICES.map((days) => ({ value: String(days), label: t('keyDays', { count: days }) })),
          ]}
          value={String(value.expiresInDays ?? '')}
          onChange={(days) => onChange({ ...value, expiresInDays: days ? Number(days) : null })}
        />
      )}
    </Stack>
  );
}

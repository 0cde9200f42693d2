import { Button, Group, TextInput } from '@mantine/core';
import { EXPIRY_CHOICES, inDays } from '../../ui/expiry.ts';
import { localInput, timeOfInput } from '../../ui/local-time.ts';
import { useFormTexts } from './form-strings.ts';

interface ExpiryFieldProps {
  /** RFC 3339; `''` for never. */
  readonly value: string;
  readonly onChange: (next: string) => void;
  readonly error: string | undefined;
}

const YEAR_DAYS = 365;

/** When a key ends, in the reader's time zone, with the usual times one press away. */
export function ExpiryField({ value, onChange, error }: ExpiryFieldProps) {
  const t = useFormTexts();
  const isPast = value !== '' && Date.parse(value) <= Date.now();
  return (
    <div>
      <TextInput
        type="datetime-local"
        label={t('expires')}
        description={t('expiresHint')}
        value={localInput(value)}
        onChange={({ currentTarget }) => onChange(timeOfInput(currentTarget.value))}
        error={error ?? (isPast ? t('isPast') : null)}
      />
      <Group gap="xs" mt="xs">
        {EXPIRY_CHOICES.map((days) => (
          <Button
            key={days}
            size="compact-sm"
            variant="default"
            onClick={() => onChange(inDays(days, Date.now()))}
          >
            {days === YEAR_DAYS ? t('year') : t('days', { count: days })}
          </Button>
        ))}
        <Button size="compact-sm" variant="default" onClick={() => onChange('')}>
          {t('never')}
        </Button>
      </Group>
    </div>
  );
}

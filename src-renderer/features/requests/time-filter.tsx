import { Select, TextInput } from '@mantine/core';
import { localInput, timeOfInput } from '../../ui/local-time.ts';
import { useRequestTexts } from './strings.ts';
import type { LogState } from './use-log-address.ts';

const CHOICES = ['1h', '24h', '7d', '30d'] as const;
const OWN = 'own';

const DAY_MS = 24 * 3_600_000;

/** When the requests ended: a range until now, or one of the reader's own. */
export function TimeFilter({ state: { address, change } }: { readonly state: LogState }) {
  const t = useRequestTexts();
  const isOwn = address.start_time !== '' || address.end_time !== '';
  const choose = (choice: string | null): void => {
    const start_time = choice === OWN ? new Date(Date.now() - DAY_MS).toISOString() : '';
    change({ start_time, end_time: '', range: choice === OWN ? '' : (choice ?? '') });
  };
  const field = (name: 'start_time' | 'end_time', label: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      value={localInput(address[name])}
      onChange={({ currentTarget }) => change({ [name]: timeOfInput(currentTarget.value), range: '' })}
    />
  );
  return (
    <>
      <Select
        label={t('range')}
        placeholder={t('anyTime')}
        data={[...CHOICES.map((value) => ({ value, label: t(value) })), { value: OWN, label: t('own') }]}
        value={isOwn ? OWN : address.range === '' ? null : address.range}
        onChange={choose}
        clearable
      />
      {isOwn && field('start_time', t('from'))}
      {isOwn && field('end_time', t('until'))}
    </>
  );
}

import { Input, MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useRecords } from '../../api/record-queries.ts';
import { titleOf } from '../../ui/record-title.ts';
import { useFormTexts } from './form-strings.ts';
import type { ChannelAccess } from './user-form.ts';

interface ChannelAccessFieldProps {
  readonly value: ChannelAccess;
  readonly onChange: (next: ChannelAccess) => void;
  readonly error: string | undefined;
}

const MODES = { all: 'accessAll', chosen: 'accessChosen', none: 'accessNone' } as const;
type Mode = keyof typeof MODES;
/** As many channels as are configured at most; the server gives no more at once. */
const MOST_CHANNELS = 500;
const MOST_SHOWN = 50;

const modeOf = (value: ChannelAccess): Mode =>
  value === undefined ? 'none' : value === '*' ? 'all' : 'chosen';

function ChosenChannels({
  value,
  onChange,
  error,
}: Omit<ChannelAccessFieldProps, 'value'> & { readonly value: readonly string[] }) {
  const t = useFormTexts();
  const channels = useRecords('channels', { per_page: MOST_CHANNELS, sort: 'name' });
  const known = (channels.data?.items ?? []).map((channel) => ({
    value: channel.id,
    label: titleOf(channel) === channel.id ? channel.id : `${titleOf(channel)} (${channel.id})`,
  }));
  const ids = new Set(known.map((option) => option.value));
  const gone = value.filter((id) => !ids.has(id)).map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      label={t('chosenChannels')}
      {...(value.length === 0 ? { placeholder: t('chosenPlaceholder') } : {})}
      data={[...known, ...gone]}
      value={[...value]}
      onChange={onChange}
      searchable
      clearable
      hidePickedOptions
      limit={MOST_SHOWN}
      nothingFoundMessage={t('nothingFound')}
      error={error}
    />
  );
}

/** Chooses the channels that may be used: all, some, or none. */
export function ChannelAccessField({ value, onChange, error }: ChannelAccessFieldProps) {
  const t = useFormTexts();
  const id = useId();
  const mode = modeOf(value);
  const choose = (next: string): void => {
    if (next === mode) return;
    onChange(next === 'all' ? '*' : next === 'chosen' ? [] : undefined);
  };
  return (
    <Stack gap="xs">
      <Input.Wrapper label={t('access')} labelElement="div" labelProps={{ id }}>
        <div>
          <SegmentedControl
            aria-labelledby={id}
            data={Object.entries(MODES).map(([name, text]) => ({ value: name, label: t(text) }))}
            value={mode}
            onChange={choose}
          />
        </div>
      </Input.Wrapper>
      {mode === 'chosen' && Array.isArray(value) && (
        <ChosenChannels value={value} onChange={onChange} error={error} />
      )}
      {mode !== 'chosen' && (
        <Text size="sm" c="dimmed">
          {t(mode === 'all' ? 'accessAllHint' : 'accessNoneHint')}
        </Text>
      )}
    </Stack>
  );
}

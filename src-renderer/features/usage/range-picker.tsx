import { Button, Group, TextInput } from '@mantine/core';
import { localInput, timeOfInput } from '../../ui/local-time.ts';
import { useUsageTexts } from './strings.ts';
import { USAGE_RANGES } from './usage-address.ts';
import type { UsageState } from './use-usage-address.ts';

interface RangePickerProps {
  readonly state: UsageState;
  /** What is shown now: where an own range begins that is chosen next. */
  readonly start: string;
  readonly end: string;
}

/** When: a range with one press, or one of the reader's own. */
export function RangePicker({ state: { address, change }, start, end }: RangePickerProps) {
  const t = useUsageTexts();
  const isOwn = address.range === null;
  const press = (isPressed: boolean) => ({
    size: 'xs',
    ...(isPressed ? {} : { variant: 'default' }),
    'aria-pressed': isPressed,
  });
  const field = (name: 'start_time' | 'end_time', label: string) => (
    <TextInput
      type="datetime-local"
      size="xs"
      aria-label={label}
      value={localInput(address[name])}
      onChange={({ currentTarget }) => change({ [name]: timeOfInput(currentTarget.value) })}
    />
  );
  return (
    <Group gap="xs">
      <Group gap={4} role="group" aria-label={t('range')}>
        {USAGE_RANGES.map((range) => (
          <Button
            key={range}
            {...press(address.range === range)}
            onClick={() => change({ range, start_time: '', end_time: '' })}
          >
            {t(range)}
          </Button>
        ))}
        <Button {...press(isOwn)} onClick={() => change({ range: '', start_time: start, end_time: end })}>
          {t('own')}
        </Button>
      </Group>
      {isOwn && (
        <Group gap={4}>
          {field('start_time', t('from'))}–{field('end_time', t('until'))}
        </Group>
      )}
    </Group>
  );
}

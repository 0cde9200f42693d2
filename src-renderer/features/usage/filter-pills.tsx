import { Button, Group, Pill } from '@mantine/core';
import { DIMENSIONS } from '../../../src-main/contract/statistics.ts';
import { useNames } from '../../api/names.ts';
import { useOutcomeTexts } from '../../ui/outcome-strings.ts';
import { useUsageTexts } from './strings.ts';
import type { UsageState } from './use-usage-address.ts';

/** What is filtered by now, each with a way to take it away. */
export function FilterPills({ state: { address, setFilter, clearFilters } }: { readonly state: UsageState }) {
  const t = useUsageTexts();
  const words = useOutcomeTexts();
  const { filters } = address;
  const names = useNames({
    users: filters.user ?? [],
    keys: filters.key ?? [],
    channels: filters.channel ?? [],
  });
  const wordOf = (value: string): string => {
    // Only outcomes and protocols are words.
    const known = value as Parameters<typeof words>[0];
    return words(known);
  };
  const all = DIMENSIONS.flatMap((dimension) =>
    (filters[dimension] ?? []).map((value) => ({ dimension, value })),
  );
  if (all.length === 0) return null;
  const titleOf = ({ dimension, value }: (typeof all)[number]): string => {
    if (dimension === 'user') return names.users.get(value) ?? value;
    if (dimension === 'key') return names.keys.get(value) ?? value;
    if (dimension === 'channel') return names.channels.get(value) ?? value;
    return dimension === 'outcome' || dimension === 'protocol' ? wordOf(value) : value;
  };
  return (
    <Group gap="xs">
      {all.map((one) => {
        const { dimension, value } = one;
        const title = titleOf(one);
        const rest = (filters[dimension] ?? []).filter((other) => other !== value);
        return (
          <Pill
            key={`${dimension} ${value}`}
            size="md"
            withRemoveButton
            removeButtonProps={{
              'aria-label': t('removeFilter', { name: t(dimension), value: title }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
            onRemove={() => setFilter(dimension, rest)}
          >
            {`${t(dimension)}: ${title}`}
          </Pill>
        );
      })}
      <Button variant="subtle" size="compact-sm" onClick={clearFilters}>
        {t('clear')}
      </Button>
    </Group>
  );
}

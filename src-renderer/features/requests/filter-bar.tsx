import { Button, Collapse, Group, MultiSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { OUTCOMES } from '../../../src-main/contract/request-record.ts';
import { useOutcomeTexts } from '../../ui/outcome-strings.ts';
import { RecordSelect } from '../../ui/record-select.tsx';
import styles from './filter-bar.module.css';
import { FurtherFilters } from './further-filters.tsx';
import { FAILURE, furtherFilters, isFiltered, outcomesIn } from './request-filter.ts';
import { useRequestTexts } from './strings.ts';
import { TextFilter } from './text-filter.tsx';
import { TimeFilter } from './time-filter.tsx';
import type { LogState } from './use-log-address.ts';

function FurtherButton({
  state,
  isOpen,
  onPress,
}: {
  state: LogState;
  isOpen: boolean;
  onPress: () => void;
}) {
  const t = useRequestTexts();
  const count = furtherFilters(state.address);
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconAdjustmentsHorizontal size={16} />}
      aria-expanded={isOpen}
      onClick={onPress}
    >
      {count > 0 ? t('furtherCount', { count }) : t('further')}
    </Button>
  );
}

interface OutcomeFilterProps {
  /** As the address has it: outcomes, divided by commas. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function OutcomeFilter({ value, onChange }: OutcomeFilterProps) {
  const t = useRequestTexts();
  const outcome = useOutcomeTexts();
  const chosen = outcomesIn(value);
  return (
    <MultiSelect
      label={t('outcome')}
      {...(chosen.length === 0 ? { placeholder: t('any') } : {})}
      data={[
        { value: FAILURE, label: outcome(FAILURE) },
        ...OUTCOMES.map((one) => ({ value: one, label: outcome(one) })),
      ]}
      value={[...chosen]}
      onChange={(next) => onChange(next.join(','))}
      clearable
    />
  );
}

/** What of the log is shown: what is asked for most, the rest behind a button. */
export function FilterBar({ state }: { readonly state: LogState }) {
  const t = useRequestTexts();
  const { address, change, clear } = state;
  const [isOpen, { toggle }] = useDisclosure(furtherFilters(address) > 0);
  return (
    <div>
      <div className={styles.fields}>
        <TextFilter label={t('text')} value={address.text} onChange={(text) => change({ text })} isSearch />
        <RecordSelect
          resource="users"
          label={t('user')}
          placeholder={t('any')}
          value={address.user}
          onChange={(user) => change({ user })}
          clearable
        />
        <RecordSelect
          resource="channels"
          label={t('channel')}
          placeholder={t('any')}
          value={address.channel}
          onChange={(channel) => change({ channel })}
          clearable
        />
        <OutcomeFilter value={address.outcome} onChange={(value) => change({ outcome: value })} />
        <TimeFilter state={state} />
      </div>
      <Collapse expanded={isOpen}>
        <FurtherFilters state={state} isShown={isOpen} />
      </Collapse>
      <Group gap="xs" mt="xs">
        <FurtherButton state={state} isOpen={isOpen} onPress={toggle} />
        {isFiltered(address) && (
          <Button variant="subtle" size="compact-sm" leftSection={<IconX size={16} />} onClick={clear}>
            {t('clear')}
          </Button>
        )}
      </Group>
    </div>
  );
}

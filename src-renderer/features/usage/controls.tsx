import { Select, Stack } from '@mantine/core';
import { GRANULARITIES } from '../../../src-main/contract/statistics.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './controls.module.css';
import { FilterPicker } from './filter-picker.tsx';
import { FilterPills } from './filter-pills.tsx';
import { MEASURES } from './measures.ts';
import { RangePicker } from './range-picker.tsx';
import { useUsageTexts } from './strings.ts';
import { GROUPINGS } from './usage-address.ts';
import { hoursFit, type UsageQuestion } from './usage-question.ts';
import type { UsageState } from './use-usage-address.ts';

interface ControlsProps {
  readonly state: UsageState;
  /** `null` until the counters' zone is known. */
  readonly question: UsageQuestion | null;
}

/** What is shown: when, of whom, by what, and how finely. */
export function Controls({ state, question }: ControlsProps) {
  const t = useUsageTexts();
  const { address, change } = state;
  const mayHours = question === null || hoursFit(question.range);
  const granularities = GRANULARITIES.map((value) => ({
    value,
    label: value === 'hour' && !mayHours ? t('hoursLong') : t(value),
    disabled: value === 'hour' && !mayHours,
  }));
  const range = question?.range;
  return (
    <Panel>
      <Stack gap="sm">
        <RangePicker state={state} start={range?.start_time ?? ''} end={range?.end_time ?? ''} />
        <div className={styles.fields}>
          <Select
            label={t('by')}
            data={GROUPINGS.map((value) => ({ value, label: t(value) }))}
            value={address.by}
            onChange={(by) => change({ by: by ?? '', sort: '' })}
            allowDeselect={false}
          />
          <Select
            label={t('measure')}
            data={MEASURES.map((value) => ({ value, label: t(value) }))}
            value={address.measure}
            onChange={(measure) =>
              change({ measure: measure ?? '', sort: address.rows === 'group' ? '' : address.sort })
            }
            allowDeselect={false}
          />
          <Select
            label={t('granularity')}
            data={[{ value: '', label: t('auto') }, ...granularities]}
            value={address.granularity ?? ''}
            onChange={(granularity) => change({ granularity: granularity ?? '' })}
            allowDeselect={false}
          />
          <FilterPicker state={state} />
        </div>
        <FilterPills state={state} />
      </Stack>
    </Panel>
  );
}

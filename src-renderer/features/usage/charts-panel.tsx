import { SegmentedControl, Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { Chart } from '../../ui/charts.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { overTime, seriesFor } from './chart-data.ts';
import styles from './charts-panel.module.css';
import { GroupBars, groupWord } from './group-bars.tsx';
import { hasUnit, isSum, measureText } from './measures.ts';
import { useUsageTexts } from './strings.ts';
import { CHART_KINDS } from './usage-address.ts';
import type { GroupsAnswer, TimelineAnswer, UsageItem } from './usage-answer.ts';
import { usePeriodText, useTitleOf } from './use-titles.ts';
import type { UsageState } from './use-usage-address.ts';

interface ChartsPanelProps {
  readonly state: UsageState;
  readonly timeline: TimelineAnswer;
  readonly groups: GroupsAnswer;
  /** The largest groups by period; `undefined` until they are here. */
  readonly series: GroupsAnswer | undefined;
  readonly top: readonly UsageItem[];
}

const HEIGHT = 320;

function OverTime({
  state,
  timeline,
  groups,
  series,
  top: all,
}: ChartsPanelProps & { readonly series: GroupsAnswer }) {
  const t = useUsageTexts();
  const formats = useFormats();
  const { by, measure, chart } = state.address;
  const titleOf = useTitleOf(by);
  const periodText = usePeriodText(timeline.granularity, timeline.time_zone);
  const most = seriesFor(chart, timeline.items.length, measure);
  const top = useMemo(() => all.slice(0, most), [all, most]);
  const othersCount = groups.count - top.length;
  const othersTitle = top.length === 0 ? t('total') : t('others', { count: othersCount });
  const drawn = useMemo(
    () =>
      overTime({ timeline, groups: series, top, by, measure, titleOf, periodText, othersCount, othersTitle }),
    [timeline, series, top, by, measure, titleOf, periodText, othersCount, othersTitle],
  );
  // Rates and percentiles of parts do not add up.
  const canStack = isSum(measure);
  return (
    <Chart
      kind={canStack ? chart : chart === 'bar' ? 'bar' : 'line'}
      data={drawn.data}
      along="period"
      series={drawn.series}
      // Labels of axes are broken at spaces.
      format={(value) =>
        measureText(measure, value, formats, { isShort: true, currency: timeline.currency }).replaceAll(
          ' ',
          '\u00a0',
        )
      }
      unit={hasUnit(measure, timeline.currency) ? null : t(measure)}
      isStacked={canStack && chart !== 'line'}
      hasLegend
      height={HEIGHT}
      label={t('overTime', { measure: t(measure) })}
    />
  );
}

/** The measure over time, and by group. */
export function ChartsPanel(props: ChartsPanelProps) {
  const t = useUsageTexts();
  const { state, groups, series } = props;
  const { address, change } = state;
  const measure = t(address.measure);
  const kinds = (
    <SegmentedControl
      size="xs"
      aria-label={t('chartKind')}
      data={CHART_KINDS.map((value) => ({ value, label: t(value) }))}
      value={address.chart}
      onChange={(chart) => change({ chart })}
    />
  );
  return (
    <div className={styles.charts}>
      <Panel title={t('overTime', { measure })} actions={kinds}>
        {series === undefined ? <Skeleton height={HEIGHT} /> : <OverTime {...props} series={series} />}
      </Panel>
      <Panel title={t('byGroup', { measure, group: groupWord(t(address.by)) })}>
        <GroupBars groups={groups} by={address.by} measure={address.measure} />
      </Panel>
    </div>
  );
}

import { Alert, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Chart } from '../../ui/charts.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { type Second, STEP_S, stepsOf } from './live-window.ts';
import { useOverviewTexts } from './strings.ts';
import type { LiveTraffic } from './use-live-traffic.ts';
import type { useDay } from './use-overview.ts';

type Day = ReturnType<typeof useDay>;

function useSeries() {
  const t = useOverviewTexts();
  return useMemo(
    () => [
      // From the ground up: what is rare must not be carried by what is not.
      { name: 'failed', label: t('failed'), color: 'red.6' },
      { name: 'left', label: t('left'), color: 'gray.5' },
      { name: 'success', label: t('success'), color: 'teal.6' },
    ],
    [t],
  );
}

function Live({ seconds }: { readonly seconds: readonly Second[] }) {
  const t = useOverviewTexts();
  const { clock, number } = useFormats();
  const data = stepsOf(seconds).map(({ at, ...counts }) => ({ time: clock(at), ...counts }));
  return (
    <Chart
      // Bars: an area draws the line of its topmost kind over everything, also where that kind is nothing.
      kind="bar"
      data={data}
      along="time"
      series={useSeries()}
      format={number}
      isStacked
      hasLegend
      height={220}
      unit={t('perStep', { number: STEP_S })}
      label={t('perStep', { number: STEP_S })}
    />
  );
}

function Hours({ day }: { readonly day: Day }) {
  const t = useOverviewTexts();
  const { hour, number } = useFormats();
  const series = useSeries();
  return (
    <AnswerView query={day} lines={6}>
      {({ items }) => (
        <Chart
          kind="bar"
          data={items.map(({ period, requests, success, aborted, partial }) => ({
            time: hour(period),
            success,
            failed: requests - success - aborted - partial,
            left: aborted + partial,
          }))}
          along="time"
          series={series}
          format={number}
          isStacked
          hasLegend
          height={220}
          unit={t('perHour')}
          label={t('perHour')}
        />
      )}
    </AnswerView>
  );
}

/** Requests by how they ended: each second of the last five minutes, or each hour of the last day. */
export function TrafficChart({ traffic, day }: { readonly traffic: LiveTraffic | null; readonly day: Day }) {
  const t = useOverviewTexts();
  const { values, change } = useUrlState(['range']);
  const isDay = values.range === '24h';
  const ranges = (
    <SegmentedControl
      size="xs"
      aria-label={t('range')}
      data={[
        { value: '', label: t('live') },
        { value: '24h', label: t('hours') },
      ]}
      value={isDay ? '24h' : ''}
      onChange={(range) => change({ range })}
    />
  );
  return (
    <Panel title={t('traffic')} actions={ranges}>
      {!isDay && traffic !== null && !traffic.isConnected && traffic.open !== null && (
        <Alert color="orange" variant="light" mb="sm">
          {t('silent')}
        </Alert>
      )}
      {isDay ? <Hours day={day} /> : <Live seconds={traffic?.seconds ?? []} />}
    </Panel>
  );
}

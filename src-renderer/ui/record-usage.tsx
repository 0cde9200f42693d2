import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import { admin, answer } from '../api/client.ts';
import { AnswerView } from './answer-view.tsx';
import { Chart } from './charts.tsx';
import { useCostFigure } from './cost-figure.ts';
import { FigureList } from './figure-list.tsx';
import { useFormats } from './formats.ts';
import { Panel } from './panel.tsx';
import { useRecordUsageTexts } from './record-usage-texts.ts';
import { rangeUntilNow } from './time-range.ts';

/** Whose usage: exactly one of these, by id. */
type UsageOwner = { readonly user: string } | { readonly key: string };

interface RecordUsageProps {
  readonly owner: UsageOwner;
  /** The screen that lists its requests. */
  readonly requestsHref: string;
}

type Period = UsageFigures & { readonly period: string };

function useMonth(owner: UsageOwner) {
  return useQuery({
    queryKey: ['statistics', 'timeline', '30d', owner],
    queryFn: () => {
      const query = { ...owner, ...rangeUntilNow('30d', Date.now()), granularity: 'day' as const };
      return answer(admin.statistics.timeline.$get({ query }));
    },
  });
}

function Figures({ total, currency }: { readonly total: UsageFigures; readonly currency: string | null }) {
  const t = useRecordUsageTexts();
  const { compact, percent, milliseconds } = useFormats();
  const cost = useCostFigure();
  return (
    <FigureList
      figures={[
        { name: t('requests'), value: compact(total.requests) },
        { name: t('success'), value: percent(total.success_rate) },
        { name: t('latency'), value: milliseconds(total.latency_ms_percentiles['50'] ?? null) },
        { name: t('tokens'), value: compact(total.tokens_total) },
        cost(total, currency),
      ]}
    />
  );
}

function Days({ items }: { readonly items: readonly Period[] }) {
  const t = useRecordUsageTexts();
  const { day, number } = useFormats();
  const data = items.map(({ period, requests, success }) => ({
    day: day(period),
    success,
    failed: requests - success,
  }));
  const series = [
    { name: 'success', label: t('success'), color: 'indigo.6' },
    { name: 'failed', label: t('failed'), color: 'red.6' },
  ];
  return (
    <Chart
      kind="bar"
      data={data}
      along="day"
      series={series}
      format={number}
      isStacked
      height={180}
      unit={t('requests')}
      label={t('chart')}
    />
  );
}

/** What a user or a Proxy-Key has used in the last 30 days. */
export function RecordUsage({ owner, requestsHref }: RecordUsageProps) {
  const t = useRecordUsageTexts();
  const toRequests = (
    <Button component={Link} href={requestsHref} size="xs" variant="default">
      {t('toRequests')}
    </Button>
  );
  return (
    <Panel title={t('title')} actions={toRequests}>
      <AnswerView query={useMonth(owner)} lines={4}>
        {({ total, items, currency }) =>
          total.requests === 0 ? (
            <Text c="dimmed">{t('none')}</Text>
          ) : (
            <Stack>
              <Figures total={total} currency={currency} />
              <Days items={items} />
            </Stack>
          )
        }
      </AnswerView>
    </Panel>
  );
}

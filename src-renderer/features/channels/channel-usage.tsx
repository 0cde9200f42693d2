import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { admin, answer } from '../../api/client.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Chart } from '../../ui/charts.tsx';
import { useCostFigure } from '../../ui/cost-figure.ts';
import { FigureList } from '../../ui/figure-list.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { rangeUntilNow } from '../../ui/time-range.ts';
import { useChannelPageTexts } from './page-strings.ts';

const EVERY_MS = 30_000;

function useLastDay(id: string) {
  return useQuery({
    queryKey: ['statistics', 'timeline', 'channel', id, '24h'],
    queryFn: () => {
      const range = rangeUntilNow('24h', Date.now());
      const query = { ...range, channel: id, granularity: 'hour' as const, percentiles: '50,95' };
      return answer(admin.statistics.timeline.$get({ query }));
    },
    refetchInterval: EVERY_MS,
  });
}

type Usage = NonNullable<ReturnType<typeof useLastDay>['data']>;

function Figures({ total, currency }: Pick<Usage, 'total' | 'currency'>) {
  const t = useChannelPageTexts();
  const { compact, percent, milliseconds } = useFormats();
  const cost = useCostFigure();
  const { latency_ms_percentiles: latency, tokens_in, tokens_out } = total;
  const tokens = t('tokensOf', { input: compact(tokens_in), output: compact(tokens_out) });
  return (
    <FigureList
      figures={[
        { name: t('requests'), value: compact(total.requests) },
        { name: t('successRate'), value: percent(total.success_rate) },
        { name: t('median'), value: milliseconds(latency['50'] ?? null) },
        { name: t('p95'), value: milliseconds(latency['95'] ?? null) },
        { name: t('tokens'), value: compact(total.tokens_total), note: tokens },
        cost(total, currency),
      ]}
    />
  );
}

/** As the hour is called where it was counted. @param period RFC 3339 */
const hourOf = (period: string): string => period.slice(11, 16);

function HourChart({ items }: Pick<Usage, 'items'>) {
  const t = useChannelPageTexts();
  const { number } = useFormats();
  const data = items.map(({ period, requests, success }) => ({
    hour: hourOf(period),
    success,
    failed: requests - success,
  }));
  return (
    <Chart
      kind="bar"
      isStacked
      hasLegend
      height={200}
      data={data}
      along="hour"
      unit={t('requests')}
      label={t('chart')}
      format={number}
      series={[
        { name: 'success', label: t('succeeded'), color: 'teal.6' },
        { name: 'failed', label: t('failed'), color: 'red.6' },
      ]}
    />
  );
}

/** What went through a channel within a day. */
export function ChannelUsage({ id }: { readonly id: string }) {
  const t = useChannelPageTexts();
  const usage = useLastDay(id);
  const all = (
    <Anchor component={Link} href={`/requests?channel=${encodeURIComponent(id)}`} size="sm">
      {t('allRequests')}
    </Anchor>
  );
  return (
    <Panel title={t('usage')} actions={all}>
      <AnswerView query={usage} lines={6}>
        {({ total, items, currency }) =>
          total.requests === 0 ? (
            <Text c="dimmed">{t('noUsage')}</Text>
          ) : (
            <Stack>
              <Figures total={total} currency={currency} />
              <HourChart items={items} />
            </Stack>
          )
        }
      </AnswerView>
    </Panel>
  );
}

import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { admin, answer } from '../../api/client.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Chart } from '../../ui/charts.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FigureTile } from '../../ui/figure-tile.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { Tiles } from '../../ui/tiles.tsx';
import { rangeUntilNow } from '../../ui/time-range.ts';
import { useUsersTexts } from './strings.ts';

const MEDIAN = '50';
const CHART_HEIGHT = 180;

function useTimeline(id: string) {
  return useQuery({
    queryKey: ['statistics', 'timeline', { user: id, range: '30d' }],
    queryFn: () => {
      const range = rangeUntilNow('30d', Date.now());
      const query = { ...range, user: [id], granularity: 'day' as const, percentiles: MEDIAN };
      return answer(admin.statistics.timeline.$get({ query }));
    },
  });
}

type Timeline = NonNullable<ReturnType<typeof useTimeline>['data']>;

function Figures({ total }: Pick<Timeline, 'total'>) {
  const t = useUsersTexts();
  const { compact, percent, milliseconds, cost } = useFormats();
  const note = t('tokenNote', { input: compact(total.tokens_in), output: compact(total.tokens_out) });
  return (
    <Tiles>
      <FigureTile label={t('requests')} value={compact(total.requests)} />
      <FigureTile label={t('successRate')} value={percent(total.success_rate)} />
      <FigureTile label={t('median')} value={milliseconds(total.latency_ms_percentiles[MEDIAN] ?? null)} />
      <FigureTile label={t('tokens')} value={compact(total.tokens_in + total.tokens_out)} note={note} />
      <FigureTile label={t('cost')} value={cost(total.cost)} />
    </Tiles>
  );
}

function DailyChart({ items }: Pick<Timeline, 'items'>) {
  const t = useUsersTexts();
  const { day, number } = useFormats();
  const data = items.map(({ period, requests, success }) => ({
    day: day(period),
    success,
    failed: requests - success,
  }));
  return (
    <Chart
      kind="bar"
      isStacked
      hasLegend
      data={data}
      along="day"
      series={[
        { name: 'success', label: t('successful'), color: 'indigo.6' },
        { name: 'failed', label: t('failed'), color: 'red.6' },
      ]}
      format={number}
      height={CHART_HEIGHT}
      label={t('chartLabel')}
    />
  );
}

/** What a user used within the last 30 days. */
export function UserUsage({ id }: { readonly id: string }) {
  const t = useUsersTexts();
  const query = useTimeline(id);
  const user = encodeURIComponent(id);
  const ways = (
    <Group gap="md">
      <Anchor component={Link} href={`/requests?user=${user}`} size="sm">
        {t('requestLog')}
      </Anchor>
      <Anchor component={Link} href={`/usage?user=${user}`} size="sm">
        {t('usageScreen')}
      </Anchor>
    </Group>
  );
  return (
    <Panel title={t('usage')} actions={ways}>
      <AnswerView query={query} lines={6}>
        {({ total, items }) =>
          total.requests === 0 ? (
            <Empty title={t('noRequests')} />
          ) : (
            <Stack>
              <Figures total={total} />
              <DailyChart items={items} />
            </Stack>
          )
        }
      </AnswerView>
    </Panel>
  );
}

import { ActionIcon, Button, Stack, Text, Tooltip } from '@mantine/core';
import { IconChartBar, IconRefresh } from '@tabler/icons-react';
import { Link } from 'wouter';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Page } from '../../ui/page.tsx';
import { ChartsPanel } from './charts-panel.tsx';
import { Controls } from './controls.tsx';
import { CoverageNote } from './coverage-note.tsx';
import { ExportButton } from './export-button.tsx';
import { useUsageTexts } from './strings.ts';
import { Totals } from './totals.tsx';
import { exportGrouping, queryOf } from './usage-question.ts';
import { UsageTable } from './usage-table.tsx';
import { type Usage, useUsage } from './use-usage.ts';
import { type UsageState, useUsageAddress } from './use-usage-address.ts';

interface FiguresProps {
  readonly usage: Usage;
  readonly state: UsageState;
}

function Nothing({ state }: Pick<FiguresProps, 'state'>) {
  const t = useUsageTexts();
  const isFiltered = Object.keys(state.address.filters).length > 0;
  return (
    <Empty
      icon={<IconChartBar size={40} stroke={1.2} />}
      title={isFiltered ? t('nothingFiltered') : t('nothing')}
    >
      {isFiltered ? (
        <Button variant="default" onClick={state.clearFilters}>
          {t('clear')}
        </Button>
      ) : (
        <>
          <Text c="dimmed">{t('nothingHint')}</Text>
          <Button component={Link} href="/connect" variant="default">
            {t('connect')}
          </Button>
        </>
      )}
    </Empty>
  );
}

function Figures({ usage, state }: FiguresProps) {
  const { timeline, groups, series, both, top, zone } = usage;
  if (zone.isError) return <FailureNote error={zone.error} onRetry={() => void zone.refetch()} />;
  return (
    <AnswerView query={timeline} lines={6}>
      {(overTime) =>
        overTime.total.requests === 0 ? (
          <Nothing state={state} />
        ) : (
          <Stack gap="md">
            <Totals total={overTime.total} currency={overTime.currency} />
            <AnswerView query={groups} lines={6}>
              {(byGroup) => (
                <>
                  <ChartsPanel
                    state={state}
                    timeline={overTime}
                    groups={byGroup}
                    series={series.isPlaceholderData ? undefined : series.data}
                    top={top}
                  />
                  <UsageTable state={state} timeline={overTime} groups={byGroup} both={both.data} />
                </>
              )}
            </AnswerView>
            <CoverageNote timeline={overTime} />
          </Stack>
        )
      }
    </AnswerView>
  );
}

/** Usage: who used what, over time and by group, and the same as a file. */
export default function UsageScreen() {
  const t = useUsageTexts();
  const state = useUsageAddress();
  const usage = useUsage(state.address);
  const { question, timeline, refresh } = usage;
  const granularity = timeline.data?.granularity;
  const query =
    question === null || granularity === undefined
      ? null
      : queryOf(question, { by: exportGrouping(state.address, granularity) });
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <>
          <Tooltip label={t('refresh')}>
            <ActionIcon variant="default" size="input-sm" aria-label={t('refresh')} onClick={refresh}>
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
          <ExportButton query={query} />
        </>
      }
    >
      <Controls state={state} question={question} />
      <Figures usage={usage} state={state} />
    </Page>
  );
}

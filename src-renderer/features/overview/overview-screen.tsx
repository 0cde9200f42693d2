import { memo } from 'react';
import { useStatus } from '../../api/program-queries.ts';
import { useSetup } from '../../api/setup.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Page } from '../../ui/page.tsx';
import { Tiles } from '../../ui/tiles.tsx';
import { ChannelsPanel } from './channels-panel.tsx';
import { ErrorsPanel } from './errors-panel.tsx';
import { Figures } from './figures.tsx';
import { PauseButton } from './pause-button.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { SetUpCard } from './set-up-card.tsx';
import { Standing } from './standing.tsx';
import { useOverviewTexts } from './strings.ts';
import { TodayPanel } from './today-panel.tsx';
import { TrafficChart } from './traffic-chart.tsx';
import { useFirstVisit } from './use-first-visit.ts';
import { useLiveTraffic } from './use-live-traffic.ts';
import { useDay } from './use-overview.ts';

// The screen is drawn anew each second; a long list need not be.
const Channels = memo(ChannelsPanel);

/** Whether AIProxy runs and how it does, at a glance. */
export default function OverviewScreen() {
  const t = useOverviewTexts();
  const status = useStatus();
  const setup = useSetup();
  const traffic = useLiveTraffic();
  const day = useDay();
  useFirstVisit(setup, status.data?.read_only === null);
  return (
    <Page
      title={t('title')}
      actions={
        status.data === undefined || status.isError ? undefined : (
          <PauseButton isPaused={status.data.paused} />
        )
      }
    >
      {setup !== null && <SetUpCard setup={setup} />}
      <AnswerView query={status} lines={2}>
        {(data) => <Standing status={data} isDown={status.isError} open={traffic?.open ?? null} />}
      </AnswerView>
      <Figures minute={traffic?.minute ?? null} day={day.data?.total} />
      <TodayPanel />
      <TrafficChart traffic={traffic} day={day} />
      <Tiles wide>
        <Channels />
        <ErrorsPanel told={traffic?.failures ?? []} />
      </Tiles>
      <SessionsPanel />
    </Page>
  );
}

import { useWindowScroll } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useParams } from 'wouter';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { LiveNotes, LiveSwitch } from './live-bar.tsx';
import { joinedRows } from './live-rows.ts';
import { RequestDrawer } from './request-drawer.tsx';
import { filterOf, isOpenEnded, questionOf } from './request-filter.ts';
import { RequestLog } from './request-log.tsx';
import { useRequestTexts } from './strings.ts';
import { useLiveTail } from './use-live-tail.ts';
import { useLogAddress } from './use-log-address.ts';
import { useRequestLog } from './use-request-log.ts';

/** So far may one have scrolled and still be at the top. */
const TOP_PX = 120;

/** Requests: the log, newest first, and one of them in detail. */
export default function RequestsScreen() {
  const t = useRequestTexts();
  const { id } = useParams<{ id?: string }>();
  const state = useLogAddress();
  const { address } = state;
  const [since, setSince] = useState(() => Date.now());
  const readAgain = useCallback(() => setSince(Date.now()), []);
  const question = useMemo(() => questionOf(address, since), [address, since]);
  const log = useRequestLog(question, since);
  const [{ y }] = useWindowScroll();
  const isHolding = y > TOP_PX;
  const isPossible = isOpenEnded(address);
  const isOn = isPossible && address.live !== 'off';
  const filter = useMemo(() => filterOf(address), [address]);
  const tail = useLiveTail({ filter, isOn, isHolding, onBegin: readAgain });
  const { live, release, reset } = tail;
  useEffect(() => {
    if (!isHolding) release();
  }, [isHolding, release]);
  const { rows: liveRows, isCut } = live;
  const rows = useMemo(() => joinedRows({ rows: liveRows, isCut }, log.rows), [liveRows, isCut, log.rows]);
  const chosen = id === undefined ? null : decodeURIComponent(id);

  const liveSwitch = (
    <LiveSwitch
      tail={tail}
      isOn={isOn}
      isPossible={isPossible}
      onChange={(on) => state.change({ live: on ? '' : 'off' })}
    />
  );
  return (
    <Page title={t('title')} summary={t('summary')} actions={liveSwitch}>
      <Panel>
        <FilterBar state={state} />
      </Panel>
      <LiveNotes
        tail={tail}
        onReadAgain={() => {
          reset();
          readAgain();
        }}
      />
      <div>
        <RequestLog log={log} rows={rows} state={state} />
      </div>
      <RequestDrawer id={chosen} known={rows.find(({ request_id }) => request_id === chosen) ?? null} />
    </Page>
  );
}

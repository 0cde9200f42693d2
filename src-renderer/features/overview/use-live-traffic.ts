import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { type LoggedRequest, watchRequests } from '../../api/live-feed.ts';
import {
  kindOf,
  LiveWindow,
  type MinuteFigures,
  type Second,
  WINDOW_S,
  withoutOldestSecond,
} from './live-window.ts';

const TICK_MS = 1_000;
const MOST_FAILURES = 100;
const MOST_EARLIER = '500';

/** What passes through AIProxy now. */
export interface LiveTraffic {
  readonly seconds: readonly Second[];
  /** `null` until what ended before the page was opened is known: nothing is not zero. */
  readonly minute: MinuteFigures | null;
  /** Requests under way; `null` until it is known. */
  readonly open: number | null;
  readonly isConnected: boolean;
  /** The last ones that were told, newest first. */
  readonly failures: readonly LoggedRequest[];
}

/** What ended before the feed began, as far back as one page goes. */
async function earlier(beforeMs: number): Promise<readonly LoggedRequest[]> {
  const start_time = new Date(beforeMs - WINDOW_S * 1000).toISOString();
  const query = { start_time, end_time: new Date(beforeMs).toISOString(), limit: MOST_EARLIER };
  const { items, next } = await answer(admin.requests.$get({ query }));
  return next === null ? items : withoutOldestSecond(items);
}

/** Gathers what the feed tells, and hands it on once a second. */
function follow(onTick: (traffic: LiveTraffic) => void): () => void {
  const window = new LiveWindow();
  const startedMs = Date.now();
  let open: number | null = null;
  let isConnected = false;
  let isKnown = false;
  let isOver = false;
  let failures: readonly LoggedRequest[] = [];
  const tick = (): void => {
    const now = Date.now();
    const minute = isKnown ? window.minute(now) : null;
    onTick({ seconds: window.seconds(now), minute, open, isConnected, failures });
  };
  const end = watchRequests(
    {},
    {
      onConnected: (next) => {
        isConnected = next;
      },
      onMessage: (message) => {
        if (message.type === 'open') open = message.requests;
        else {
          window.add(message.items, message.skipped, Date.now());
          const failed = message.items.filter(({ outcome }) => kindOf(outcome) === 'failed').toReversed();
          failures = [...failed, ...failures].slice(0, MOST_FAILURES);
        }
      },
    },
  );
  // Without it the chart begins empty; that is no reason to complain.
  void earlier(startedMs)
    .then((items) => window.addEarlier(items))
    .catch(() => undefined)
    .then(() => {
      isKnown = true;
      if (!isOver) tick();
    });
  const timer = setInterval(tick, TICK_MS);
  tick();
  return () => {
    isOver = true;
    clearInterval(timer);
    end();
  };
}

/** What passes through AIProxy, each second anew while the page is in sight. */
export function useLiveTraffic(): LiveTraffic | null {
  const isVisible = useDocumentVisibility() === 'visible';
  const [traffic, setTraffic] = useState<LiveTraffic | null>(null);
  useEffect(() => (isVisible ? follow(setTraffic) : undefined), [isVisible]);
  return traffic;
}

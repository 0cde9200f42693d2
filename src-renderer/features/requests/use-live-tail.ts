import { useDocumentVisibility } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import { watchRequests } from '../../api/live-feed.ts';
import { type LiveRows, NO_LIVE_ROWS, released, withNews } from './live-rows.ts';
import type { LogQuestion } from './request-filter.ts';

/** What comes in live, and whether it does. */
export interface LiveTail {
  readonly live: LiveRows;
  readonly isConnected: boolean;
  /** How many requests are under way. */
  readonly open: number | null;
  /** Shows what was held back. */
  readonly release: () => void;
  /** Forgets what came in: the log has it too. */
  readonly reset: () => void;
}

interface LiveTailOptions {
  readonly filter: LogQuestion;
  readonly isOn: boolean;
  /** Whether the list must not move because somebody reads further down. */
  readonly isHolding: boolean;
  /** Called when the feed begins: what ended before stands in the log only. */
  readonly onBegin: () => void;
}

/** Watches finished requests while the page is in sight. */
export function useLiveTail({ filter, isOn, isHolding, onBegin }: LiveTailOptions): LiveTail {
  const [live, setLive] = useState(NO_LIVE_ROWS);
  const [isConnected, setIsConnected] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const isVisible = useDocumentVisibility() === 'visible';
  const holding = useRef(isHolding);
  holding.current = isHolding;
  const begin = useRef(onBegin);
  begin.current = onBegin;
  const signature = JSON.stringify(filter);

  const reset = useCallback(() => setLive(NO_LIVE_ROWS), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another filter let in does not belong here
  useEffect(reset, [signature]);
  useEffect(() => {
    setIsConnected(false);
    if (!isOn || !isVisible) return undefined;
    // Written above.
    return watchRequests(JSON.parse(signature) as LogQuestion, {
      onMessage: (message) => {
        if (message.type === 'open') setOpen(message.requests);
        else setLive((before) => withNews(before, message.items, message.skipped, holding.current));
      },
      onConnected: (now) => {
        setIsConnected(now);
        setLive(NO_LIVE_ROWS);
        if (now) begin.current();
      },
    });
  }, [signature, isOn, isVisible]);

  const release = useCallback(() => setLive(released), []);
  return { live, isConnected, open, release, reset };
}

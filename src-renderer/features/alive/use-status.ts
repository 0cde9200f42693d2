import { useEffect, useState } from 'react';
import { getStatus, getToday, type Status, type Today } from '../../api/admin-api.ts';

/** What the page knows; `null` where it was not told yet. */
export interface Seen {
  readonly status: Status | null;
  readonly today: Today | null;
  readonly isReachable: boolean;
}

const EVERY_MS = 10_000;

/** Asks at once and every ten seconds. @param onOver called when the session is over */
export function useStatus(session: string, onOver: () => void): Seen {
  const [seen, setSeen] = useState<Seen>({ status: null, today: null, isReachable: true });
  useEffect(() => {
    let isGone = false;
    const look = async (): Promise<void> => {
      const [status, today] = await Promise.all([getStatus(session), getToday(session, new Date())]);
      if (isGone) return;
      if (status.kind === 'refused') onOver();
      else
        setSeen((before) => ({
          status: status.kind === 'ok' ? status.value : before.status,
          today: today.kind === 'ok' ? today.value : before.today,
          isReachable: status.kind === 'ok',
        }));
    };
    void look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [session, onOver]);
  return seen;
}

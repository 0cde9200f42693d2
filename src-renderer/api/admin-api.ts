import { type Answer, ask, memberOf } from './answer.ts';

/** What the program says of itself. */
export interface Status {
  readonly version: string;
  readonly proxyUrl: string;
  readonly uptimeSeconds: number;
}

/** What was used so far today, where the reader lives. */
export interface Today {
  readonly requests: number;
  readonly tokens: number;
}

const bearer = (session: string): RequestInit => ({ headers: { authorization: `Bearer ${session}` } });

const textOf = (body: unknown, name: string): string | null => {
  const value = memberOf(body, name);
  return typeof value === 'string' ? value : null;
};
const numberOf = (body: unknown, name: string): number => {
  const value = memberOf(body, name);
  return typeof value === 'number' ? value : 0;
};

/** Exchanges the admin token for a session. */
export function beginSession(token: string): Promise<Answer<string>> {
  return ask(
    '/session',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) },
    (body) => textOf(body, 'session'),
  );
}

/** Ends a session at the server. */
export function endSession(session: string): Promise<Answer<true>> {
  return ask('/session', { method: 'DELETE', ...bearer(session) }, () => true);
}

/** Whether the program is alive, and since when. */
export function getStatus(session: string): Promise<Answer<Status>> {
  return ask('/status', bearer(session), (body) => {
    const [version, proxyUrl] = [textOf(body, 'version'), textOf(body, 'proxy_url')];
    if (version === null || proxyUrl === null) return null;
    return { version, proxyUrl, uptimeSeconds: numberOf(body, 'uptime_seconds') };
  });
}

/** What was used since the reader's midnight. @param now the reader's time */
export function getToday(session: string, now: Date): Promise<Answer<Today>> {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const range = new URLSearchParams({
    start_time: midnight.toISOString(),
    end_time: tomorrow.toISOString(),
  });
  return ask(`/statistics/summary?${range}`, bearer(session), (body) => {
    const total = memberOf(body, 'total');
    if (typeof memberOf(total, 'requests') !== 'number') return null;
    return {
      requests: numberOf(total, 'requests'),
      tokens: numberOf(total, 'tokens_in') + numberOf(total, 'tokens_out'),
    };
  });
}

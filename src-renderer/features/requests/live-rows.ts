import type { LoggedRequest } from '../../api/live-feed.ts';

/** More than anybody reads; older ones stand in the log. */
export const MOST_LIVE_ROWS = 1000;

/** What came in live, newest first. */
export interface LiveRows {
  readonly rows: readonly LoggedRequest[];
  /** Those that came while the reader was reading further down. */
  readonly held: readonly LoggedRequest[];
  readonly heldCount: number;
  /** How many came too fast to be shown. */
  readonly skipped: number;
  /** Whether some were dropped to keep within bounds, so that the log does not follow on. */
  readonly isCut: boolean;
}

/** Nothing came in yet. */
export const NO_LIVE_ROWS: LiveRows = { rows: [], held: [], heldCount: 0, skipped: 0, isCut: false };

/** What is new in front of what was there, within bounds. */
const inFront = (
  news: readonly LoggedRequest[],
  before: readonly LoggedRequest[],
): readonly LoggedRequest[] => [...news, ...before].slice(0, MOST_LIVE_ROWS);

/** Takes in what the feed told. @param items oldest first @param isHolding whether the list must not move */
export function withNews(
  live: LiveRows,
  items: readonly LoggedRequest[],
  skipped: number,
  isHolding: boolean,
): LiveRows {
  const news = items.toReversed();
  const sum = { ...live, skipped: live.skipped + skipped };
  if (isHolding) {
    return { ...sum, held: inFront(news, live.held), heldCount: live.heldCount + news.length };
  }
  const isCut = live.isCut || news.length + live.rows.length > MOST_LIVE_ROWS;
  return { ...sum, rows: inFront(news, live.rows), isCut };
}

/** Shows what was held back. */
export function released(live: LiveRows): LiveRows {
  const isCut = live.isCut || live.heldCount + live.rows.length > MOST_LIVE_ROWS;
  return { ...live, rows: inFront(live.held, live.rows), held: [], heldCount: 0, isCut };
}

/** What came in live, and behind it the log, each request once. */
export function joinedRows(
  { rows, isCut }: Pick<LiveRows, 'rows' | 'isCut'>,
  logged: readonly LoggedRequest[],
): readonly LoggedRequest[] {
  if (isCut || rows.length === 0) return isCut ? rows : logged;
  const live = new Set(rows.map(({ request_id }) => request_id));
  return [...rows, ...logged.filter(({ request_id }) => !live.has(request_id))];
}

import type { LoggedRequest } from '../../api/live-feed.ts';

/** Requests that failed alike, the newest of them, and how many there were among those that were looked at. */
export interface ErrorGroup {
  readonly newest: LoggedRequest;
  readonly times: number;
}

/** What makes two failures one matter. */
const signature = ({ error_code, outcome, status, channel }: LoggedRequest): string =>
  JSON.stringify([error_code, outcome, status, channel]);

/**
 * What failed last, newest first, each matter once.
 * @param told by the feed @param read from the log; a request may stand in both
 */
export function latestErrors(
  told: readonly LoggedRequest[],
  read: readonly LoggedRequest[],
  most: number,
): readonly ErrorGroup[] {
  const byId = new Map([...read, ...told].map((request) => [request.request_id, request]));
  const sorted = [...byId.values()].toSorted((one, other) => other.time.localeCompare(one.time));
  const groups = Map.groupBy(sorted, signature);
  return [...groups.values()]
    .flatMap((group) => group.slice(0, 1).map((newest) => ({ newest, times: group.length })))
    .slice(0, most);
}

import type { ListQuestion } from '../../api/records.ts';

/** What the list of keys shows stands in its address under these names. */
export const LIST_NAMES = ['search', 'user', 'channel', 'status', 'sort', 'page'] as const;
export type ListValues = Readonly<Record<(typeof LIST_NAMES)[number], string>>;

/** The states that can be asked for. */
export const STATUS_FILTERS = ['active', 'expired', 'disabled'] as const;

/** Those without a name come last. */
export const FIRST_SORT = 'name';
export const PER_PAGE = 50;
const MINUTE_MS = 60_000;

/** A key that has ended is not in use, whatever its status says. */
function statusFilter(status: string, nowMs: number): ListQuestion {
  // To the minute, so that the question does not change with every look at the list.
  const now = new Date(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS).toISOString();
  if (status === 'active') return { status, expires_after: now };
  if (status === 'expired') return { expires_before: now };
  return status === 'disabled' ? { status } : {};
}

/** What the server is asked for. @param nowMs epoch milliseconds */
export function listQuestionOf(values: ListValues, nowMs: number): ListQuestion {
  const { search, user, channel, status, sort, page } = values;
  return {
    search,
    user,
    channel,
    ...statusFilter(status, nowMs),
    sort: sort === '' ? FIRST_SORT : sort,
    page: Math.max(1, Number.parseInt(page, 10) || 1),
    per_page: PER_PAGE,
  };
}

/** Whether anything narrows the list. */
export const isNarrowed = ({ search, user, channel, status }: ListValues): boolean =>
  [search, user, channel, status].some((value) => value !== '');

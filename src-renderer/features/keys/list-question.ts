import type { ListQuestion } from '../../api/records.ts';
import { PAGE_SIZES } from '../../ui/page-sizes.ts';

/** What the list of keys shows stands in its address under these names. */
export const LIST_NAMES = ['search', 'user', 'channel', 'status', 'sort', 'page', 'per_page'] as const;
export type ListValues = Readonly<Record<(typeof LIST_NAMES)[number], string>>;

/** The states that can be asked for. */
export const STATUS_FILTERS = ['active', 'expired', 'disabled', 'user_disabled'] as const;

/** Those without a name come last. */
export const FIRST_SORT = 'name';
/** Unless another number is chosen. */
export const PER_PAGE = 50;

/** What narrows the list, as the server names it. */
export function filtersOf({ search, user, channel, status }: ListValues): ListQuestion {
  // What no filter offers asks for nothing, rather than for an error.
  return { search, user, channel, state: STATUS_FILTERS.find((state) => state === status) ?? '' };
}

/** What the server is asked for. */
export function listQuestionOf(values: ListValues): ListQuestion {
  const { sort, page, per_page } = values;
  return {
    ...filtersOf(values),
    sort: sort === '' ? FIRST_SORT : sort,
    page: Math.max(1, Number.parseInt(page, 10) || 1),
    per_page: PAGE_SIZES.find((size) => String(size) === per_page) ?? PER_PAGE,
  };
}

/** Whether anything narrows the list. */
export const isNarrowed = ({ search, user, channel, status }: ListValues): boolean =>
  [search, user, channel, status].some((value) => value !== '');

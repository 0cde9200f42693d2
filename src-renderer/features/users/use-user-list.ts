import { useRecords } from '../../api/record-queries.ts';
import { PAGE_SIZES } from '../../ui/page-sizes.ts';
import { type UrlState, useUrlState } from '../../ui/url-state.ts';

/** What the list of users can be narrowed by, as the server names it. */
export const FILTERS = ['search', 'department', 'group', 'status', 'channel'] as const;
const STATE = [...FILTERS, 'sort', 'page', 'per_page'] as const;
/** Unless another number is chosen. */
export const PER_PAGE = 50;

/** What the address says of the list of users. */
export type UserListState = UrlState<(typeof STATE)[number]>;

/** The page of users that the address asks for. */
export function useUserList() {
  const state: UserListState = useUrlState(STATE);
  const { page: pageText, per_page: perPageText, sort: wanted, ...filters } = state.values;
  const page = Math.max(1, Number.parseInt(pageText, 10) || 1);
  const sort = wanted === '' ? 'name' : wanted;
  const perPage = PAGE_SIZES.find((size) => String(size) === perPageText) ?? PER_PAGE;
  const query = useRecords('users', { ...filters, sort, page, per_page: perPage });
  return { ...state, query, filters, page, perPage, sort };
}

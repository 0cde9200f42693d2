import { useInfiniteQuery } from '@tanstack/react-query';
import { admin, answer } from '../../api/client.ts';
import { RANGES, type RangeName, rangeUntilNow } from '../../ui/time-range.ts';
import { useUrlState } from '../../ui/url-state.ts';

const NAMES = ['action', 'target', 'text', 'range'] as const;
const PER_PAGE = '100';

type Question = Readonly<Partial<Record<'action' | 'target' | 'text', string>>>;

async function pageOf(filters: Question, range: RangeName | null, cursor: string) {
  const times = range === null ? {} : { start_time: rangeUntilNow(range, Date.now()).start_time };
  const query = { ...filters, ...times, limit: PER_PAGE, ...(cursor === '' ? {} : { cursor }) };
  return answer(admin.audit.$get({ query }));
}

/** One line of the audit log. */
export type AuditEntry = Awaited<ReturnType<typeof pageOf>>['items'][number];

/** The entries that the address asks for, newest first, page by page. */
export function useAudit() {
  const state = useUrlState(NAMES);
  const { range: wanted, ...texts } = state.values;
  const range = RANGES.find((name) => name === wanted) ?? null;
  const filters: Question = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ''));
  const query = useInfiniteQuery({
    queryKey: ['audit', filters, range],
    queryFn: ({ pageParam }) => pageOf(filters, range, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return { state, isFiltered: NAMES.some((name) => state.values[name] !== ''), query, entries };
}

/** What the address says of the audit log. */
export type AuditState = ReturnType<typeof useAudit>['state'];

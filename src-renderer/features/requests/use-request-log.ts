import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { adminFetch } from '../../api/admin-fetch.ts';
import type { LoggedRequest } from '../../api/live-feed.ts';
import type { LogQuestion } from './request-filter.ts';

interface LogPage {
  readonly items: readonly LoggedRequest[];
  readonly next: string | null;
}

const PAGE = 100;
/** One call looks through a bounded part of the log; so many are made before the reader is asked. */
const MOST_ROUNDS = 25;
/** More than anybody scrolls through; further back leads a range. */
export const MOST_ROWS = 5000;

async function askOnce(question: LogQuestion, cursor: string | null, signal: AbortSignal): Promise<LogPage> {
  const query = new URLSearchParams({ ...question, limit: String(PAGE) });
  if (cursor !== null) query.set('cursor', cursor);
  const response = await adminFetch(`/api/v1/requests?${query}`, { signal });
  // The route's own shape.
  return (await response.json()) as LogPage;
}

/** Asks on where nothing was found yet. */
async function askPage(question: LogQuestion, cursor: string | null, signal: AbortSignal): Promise<LogPage> {
  let page = await askOnce(question, cursor, signal);
  for (let round = 1; round < MOST_ROUNDS && page.items.length === 0 && page.next !== null; round += 1) {
    page = await askOnce(question, page.next, signal);
  }
  return page;
}

/** The log from its newest line on, page after page. @param since changes where it is read anew */
export function useRequestLog(question: LogQuestion, since: number) {
  const query = useInfiniteQuery({
    queryKey: ['requests', question, since],
    queryFn: ({ pageParam, signal }) => askPage(question, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }, pages) => (pages.length * PAGE >= MOST_ROWS ? null : next),
    // The live feed tells what is new; reading on would move what is read.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  const last = pages?.at(-1);
  return {
    query,
    rows,
    /** Whether the part that was looked through last held nothing, and there is more. */
    isSearching: last !== undefined && last.items.length === 0 && last.next !== null,
    isFull: rows.length >= MOST_ROWS && last !== undefined && last.next !== null,
  };
}

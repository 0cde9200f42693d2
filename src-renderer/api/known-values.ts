import { useQuery } from '@tanstack/react-query';
import { adminFetch } from './admin-fetch.ts';

/** What can be suggested from what was used. */
const MEMBERS = { models: 'model', endpoints: 'endpoint', errors: 'error' } as const;
type Suggested = keyof typeof MEMBERS;

const BACK_MS = 30 * 24 * 3_600_000;
const MOST = 200;

interface Used {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

async function usedLately(kind: Suggested, signal: AbortSignal): Promise<readonly string[]> {
  const start_time = new Date(Date.now() - BACK_MS).toISOString();
  const query = new URLSearchParams({ start_time, limit: String(MOST), percentiles: '' });
  const response = await adminFetch(`/api/v1/statistics/${kind}?${query}`, { signal });
  // The routes' own shape.
  const { items } = (await response.json()) as Used;
  return [...new Set(items.map((item) => String(item[MEMBERS[kind]])).filter((value) => value !== ''))];
}

/** Models, endpoints or error codes of the last thirty days, the most frequent first: to be suggested. */
export function useKnownValues(kind: Suggested, enabled: boolean): readonly string[] {
  const { data } = useQuery({
    queryKey: ['known-values', kind],
    queryFn: ({ signal }) => usedLately(kind, signal),
    staleTime: 60_000,
    enabled,
  });
  return data ?? [];
}

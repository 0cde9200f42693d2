import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { adminFetch } from '../../api/admin-fetch.ts';
import { admin, answer } from '../../api/client.ts';
import { largest, MOST_SERIES } from './chart-data.ts';
import type { UsageAddress } from './usage-address.ts';
import type { GroupsAnswer, TimelineAnswer, UsageItem } from './usage-answer.ts';
import { largestFirst, queryOf, questionOf, RESOURCES, type UsageQuestion } from './usage-question.ts';

/** So many groups are read; the export has all. */
const MOST_GROUPS = 500;
/** Enough for each period of each line of a chart. */
const MOST_POINTS = 10_000;
const FRESH_MS = 30_000;
const NO_ITEMS: readonly UsageItem[] = [];

async function ask<T>(resource: string, query: string, signal: AbortSignal): Promise<T> {
  const response = await adminFetch(`/api/v1/statistics/${resource}?${query}`, { signal });
  // The routes' own shapes, as `usage-answer.ts` has them.
  return (await response.json()) as T;
}

/** Where the counters' days begin: asked once, by a question that costs nothing. */
function useTimeZone() {
  return useQuery({
    queryKey: ['usage', 'zone'],
    queryFn: async () => (await answer(admin.statistics.summary.$get({ query: {} }))).time_zone,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useStatistics<T>(resource: string, query: string | null) {
  return useQuery({
    queryKey: ['usage', resource, query],
    queryFn: ({ signal }) => ask<T>(resource, query ?? '', signal),
    // What was read of another grouping has other members.
    placeholderData: (before, query) => (query?.queryKey[1] === resource ? before : undefined),
    staleTime: FRESH_MS,
    enabled: query !== null,
  });
}

/** Only the groups that are drawn. */
function topQuery(question: UsageQuestion, top: readonly UsageItem[], granularity: string): string {
  const { by } = question;
  const values = [...new Set(top.map((item) => item[by] ?? ''))];
  const outcomes = by === 'error' ? { outcome: [...new Set(top.map((item) => item.outcome ?? ''))] } : {};
  return queryOf(question, { ...outcomes, [by]: values, granularity, limit: String(MOST_POINTS) });
}

/** The figures that an address asks for: over time, by group, and the largest groups over time. */
export function useUsage(address: UsageAddress) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const zone = useTimeZone();
  const timeZone = zone.data;
  const question = useMemo(
    () => (timeZone === undefined ? null : questionOf(address, nowMs, timeZone)),
    [address, nowMs, timeZone],
  );
  const { by, measure } = address;
  const asked = (more: Readonly<Record<string, string>>): string | null =>
    question === null ? null : queryOf(question, more);
  const timeline = useStatistics<TimelineAnswer>(
    'timeline',
    asked({ granularity: question?.granularity ?? '' }),
  );
  const groups = useStatistics<GroupsAnswer>(
    RESOURCES[by],
    asked({ ...largestFirst(measure), limit: String(MOST_GROUPS) }),
  );
  const granularity = timeline.data?.granularity ?? null;
  const items = groups.isPlaceholderData ? NO_ITEMS : (groups.data?.items ?? NO_ITEMS);
  const top = useMemo(() => largest(items, measure, MOST_SERIES), [items, measure]);
  const isReady = question !== null && granularity !== null && top.length > 0 && !timeline.isPlaceholderData;
  const series = useStatistics<GroupsAnswer>(
    RESOURCES[by],
    isReady ? topQuery(question, top, granularity) : null,
  );
  const both = useStatistics<GroupsAnswer>(
    RESOURCES[by],
    address.rows === 'both' && granularity !== null
      ? asked({ ...largestFirst(measure), limit: String(MOST_GROUPS), granularity })
      : null,
  );
  return { question, zone, timeline, groups, series, both, top, refresh: () => setNowMs(Date.now()) };
}

/** All answers together. */
export type Usage = ReturnType<typeof useUsage>;

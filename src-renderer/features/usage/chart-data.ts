import type { Series } from '../../ui/series-chart.tsx';
import { isSum, type MeasureName, measureOf } from './measures.ts';
import type { ChartKind, Grouping } from './usage-address.ts';
import { type GroupsAnswer, groupKey, type TimelineAnswer, type UsageItem } from './usage-answer.ts';

/** So many groups can be told apart by colour. */
export const MOST_SERIES = 7;
export const MOST_BARS = 10;

/** So many points are drawn within a frame; bars cost most. */
const MOST_POINTS: Readonly<Record<ChartKind, number>> = { area: 1000, line: 1000, bar: 300 };

/** How many groups are drawn one by one, where there are so many periods. What is left is drawn as one. */
export function seriesFor(kind: ChartKind, periods: number, measure: MeasureName): number {
  const fitting = Math.floor(MOST_POINTS[kind] / Math.max(1, periods));
  // A sum has its rest besides; a rate has none, and one of them is better than nothing.
  return Math.min(MOST_SERIES, isSum(measure) ? Math.max(0, fitting - 1) : Math.max(1, fitting));
}

const COLORS = ['indigo.6', 'teal.6', 'orange.6', 'grape.6', 'cyan.6', 'pink.6', 'lime.7'] as const;
const OTHERS_COLOR = 'gray.5';

type Point = Readonly<Record<string, string | number | null>>;

export interface ChartData {
  readonly data: readonly Point[];
  readonly series: readonly Series[];
}

interface OverTime {
  readonly timeline: TimelineAnswer;
  /** By period, the largest groups only. */
  readonly groups: GroupsAnswer;
  /** The same without periods, largest first. */
  readonly top: readonly UsageItem[];
  /** How many groups there are besides these. */
  readonly othersCount: number;
  readonly by: Grouping;
  readonly measure: MeasureName;
  readonly titleOf: (item: UsageItem) => string;
  readonly othersTitle: string;
  readonly periodText: (period: string) => string;
}

/** Names of members are made up: a group's own may have dots in it, which the chart would take for a path. */
const memberOf = (at: number): string => `group${at}`;

/** The largest groups period by period, and all others as one where their sum has a meaning. */
export function overTime({ timeline, groups, top, by, measure, ...more }: OverTime): ChartData {
  const places = new Map(top.map((item, at) => [groupKey(item, by), memberOf(at)]));
  const byPeriod = new Map<string, Record<string, number | null>>();
  for (const item of groups.items) {
    const place = places.get(groupKey(item, by));
    if (place === undefined || item.period === undefined) continue;
    const values = byPeriod.get(item.period) ?? {};
    // Nothing is drawn where there is no figure: use without a price is not use that costs nothing.
    values[place] = measureOf(measure, item);
    byPeriod.set(item.period, values);
  }
  const zeros = Object.fromEntries(top.map((_, at) => [memberOf(at), 0]));
  const withOthers = more.othersCount > 0 && isSum(measure);
  const data = timeline.items.map((item): Point => {
    const values = byPeriod.get(item.period) ?? {};
    const rest = Object.values(values).reduce<number>(
      (left, value) => left - (value ?? 0),
      measureOf(measure, item) ?? 0,
    );
    return {
      period: more.periodText(item.period),
      // A period without requests has a sum, which is nothing, but no rate.
      ...(isSum(measure) ? zeros : {}),
      ...values,
      // Sums of fractions may differ in the last digit.
      ...(withOthers ? { others: Math.max(0, rest) } : {}),
    };
  });
  const series = top.map((item, at) => ({
    name: memberOf(at),
    label: more.titleOf(item),
    color: COLORS[at] ?? OTHERS_COLOR,
  }));
  const others = { name: 'others', label: more.othersTitle, color: OTHERS_COLOR };
  return { data, series: withOthers ? [...series, others] : series };
}

/** The largest of some groups by a measure, largest first. */
export function largest(
  items: readonly UsageItem[],
  measure: MeasureName,
  most: number,
): readonly UsageItem[] {
  const figureOf = (item: UsageItem): number => measureOf(measure, item) ?? 0;
  return items.toSorted((one, other) => figureOf(other) - figureOf(one)).slice(0, most);
}

import type { Granularity, UsageFigures } from '../../../src-main/contract/statistics.ts';
import type { Grouping } from './usage-address.ts';

interface Answer {
  readonly start_time: string;
  readonly end_time: string;
  readonly time_zone: string;
  readonly covered: { readonly start_time: string; readonly end_time: string } | null;
  /** What costs are in; `null` where the prices name none. */
  readonly currency: string | null;
  readonly total: UsageFigures;
}

/** The usage of each period. */
export interface TimelineAnswer extends Answer {
  readonly granularity: Granularity;
  readonly items: readonly (UsageFigures & { readonly period: string })[];
}

/** One group, with the values it is grouped by. */
export type UsageItem = UsageFigures &
  Readonly<Partial<Record<Grouping, string>>> & {
    readonly name?: string | null;
    readonly period?: string;
  };

/** The usage of each group. */
export interface GroupsAnswer extends Answer {
  readonly items: readonly UsageItem[];
  /** How many there are, also those that were not asked for. */
  readonly count: number;
}

/** What tells groups of one grouping apart. */
export const groupKey = (item: UsageItem, by: Grouping): string =>
  by === 'error' ? JSON.stringify([item.outcome ?? '', item.error ?? '']) : (item[by] ?? '');

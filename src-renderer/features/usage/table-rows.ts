import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import { isMeasure, measureOf } from './measures.ts';

/** A row of the table: its figures, and what they are of. */
export interface UsageRow {
  readonly key: string;
  /** `''` where rows are not by group. */
  readonly title: string;
  /** Of a record; `''` where there is none, or it is its title. */
  readonly id: string;
  /** RFC 3339; `''` where rows are not by time. */
  readonly period: string;
  readonly figures: UsageFigures;
  /** What leads to these requests alone; `null` where nothing does. */
  readonly value: string | null;
  readonly isTotal?: boolean;
}

/** Sorts by a column. @param sort its name, with a minus in front the largest first */
export function sortedRows(rows: readonly UsageRow[], sort: string): readonly UsageRow[] {
  const isDown = sort.startsWith('-');
  const column = isDown ? sort.slice(1) : sort;
  const sign = isDown ? -1 : 1;
  if (column === 'title') return rows.toSorted((one, other) => sign * one.title.localeCompare(other.title));
  if (column === 'period') {
    return rows.toSorted((one, other) => sign * (Date.parse(one.period) - Date.parse(other.period)));
  }
  if (!isMeasure(column)) return rows;
  const figureOf = ({ figures }: UsageRow): number => measureOf(column, figures) ?? -1;
  return rows.toSorted((one, other) => sign * (figureOf(one) - figureOf(other)));
}

import {
  DIMENSIONS,
  type Dimension,
  GRANULARITIES,
  type Granularity,
} from '../../../src-main/contract/statistics.ts';
import { RANGES, type RangeName } from '../../ui/time-range.ts';
import { CALENDAR_RANGES, type CalendarRange } from './calendar-range.ts';
import { isMeasure, type MeasureName } from './measures.ts';

/** What usage can be grouped by: a dimension, or errors, which go by outcome and code. */
export const GROUPINGS = [
  'user',
  'key',
  'channel',
  'model',
  'endpoint',
  'protocol',
  'outcome',
  'error',
] as const satisfies readonly Dimension[];
export type Grouping = (typeof GROUPINGS)[number];

/** What a row of the table stands for. */
const ROW_KINDS = ['group', 'time', 'both'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

export const CHART_KINDS = ['area', 'line', 'bar'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** The ranges of one press: back from now, or by the calendar. */
export const USAGE_RANGES = [...RANGES, ...CALENDAR_RANGES] as const;

/** What is shown: all of it stands in the address. */
export interface UsageAddress {
  /** `null` where `start_time` and `end_time` say it. */
  readonly range: RangeName | CalendarRange | null;
  /** RFC 3339; `''` where it is not set. */
  readonly start_time: string;
  readonly end_time: string;
  /** `null` leaves it to the range. */
  readonly granularity: Granularity | null;
  readonly by: Grouping;
  readonly measure: MeasureName;
  readonly chart: ChartKind;
  readonly rows: RowKind;
  /** A column; with a minus in front, the largest first. */
  readonly sort: string;
  readonly filters: Filters;
}
export type Filters = Readonly<Partial<Record<Dimension, readonly string[]>>>;

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | null =>
  all.find((one) => one === text) ?? null;

/** Reads an address; what it does not say, or says wrongly, is as at first. */
export function addressOf(params: URLSearchParams): UsageAddress {
  const start_time = params.get('start_time') ?? '';
  const end_time = params.get('end_time') ?? '';
  const isOwn = start_time !== '' || end_time !== '';
  const asked = params.get('measure') ?? '';
  const measure = isMeasure(asked) ? asked : 'requests';
  const filters = DIMENSIONS.flatMap((dimension) => {
    const values = params.getAll(dimension).filter((value) => value !== '');
    return values.length === 0 ? [] : [[dimension, values] as const];
  });
  return {
    range: isOwn ? null : (oneOf(USAGE_RANGES, params.get('range')) ?? '7d'),
    start_time,
    end_time,
    granularity: oneOf(GRANULARITIES, params.get('granularity')),
    by: oneOf(GROUPINGS, params.get('by')) ?? 'user',
    measure,
    chart: oneOf(CHART_KINDS, params.get('chart')) ?? 'area',
    rows: oneOf(ROW_KINDS, params.get('rows')) ?? 'group',
    sort: params.get('sort') ?? `-${measure}`,
    filters: Object.fromEntries(filters),
  };
}

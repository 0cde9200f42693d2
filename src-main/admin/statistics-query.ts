import { z } from '@hono/zod-openapi';
import { DIMENSIONS, type Dimension, GRANULARITIES, type Granularity } from '../contract/statistics.ts';
import type { UsageQuestion } from '../core/control-ports.ts';
import { type UsageCalendar, usageCalendar } from '../core/usage/usage-period.ts';
import type { AdminContext } from './admin-context.ts';
import { Refusal } from './console-error.ts';
import { inList, OPEN_RANGE, QueryText } from './query-values.ts';

const DAY_MS = 24 * 3_600_000;
const LONGEST_RANGE_MS = 3_660 * DAY_MS;
/** More periods than anybody can look at. */
const LONGEST_BY_HOUR_MS = 367 * DAY_MS;
const MOST_VALUES = 100;
const MOST_PERCENTILES = 20;

/** A parameter that may be repeated. */
const Values = z
  .preprocess(inList, z.array(QueryText).max(MOST_VALUES))
  .optional()
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description: 'Any of these; an empty one stands for none',
  });

/** Written out, so that their types are known. */
const FILTERS = {
  user: Values,
  key: Values,
  channel: Values,
  endpoint: Values,
  model: Values,
  protocol: Values,
  outcome: Values,
  error: Values,
} satisfies Record<Dimension, typeof Values>;

const Percentiles = z
  .string()
  .max(200)
  .default('50,90,95,99')
  .transform((text) =>
    text === '' ? [] : text.split(',').map((one) => (/^\d+(\.\d+)?$/.test(one) ? Number(one) : -1)),
  )
  .pipe(
    z
      .array(z.number('must be numbers from 0 to 100, separated by commas').min(0).max(100))
      .max(MOST_PERCENTILES),
  )
  .openapi({ type: 'string', example: '50,95,99.9' });

/** What every question to the statistics may have. */
export const STATISTICS_QUERY = { ...OPEN_RANGE, ...FILTERS, percentiles: Percentiles };

export const QueryGranularity = z.enum(GRANULARITIES).optional();

/** What stands in such a query once it was checked. */
export interface StatisticsQuery extends Partial<Readonly<Record<Dimension, readonly string[] | undefined>>> {
  readonly start_time?: string | undefined;
  readonly end_time?: string | undefined;
  readonly percentiles: readonly number[];
}

/** A question without what it is grouped by, and the calendar its periods are in. */
export interface AskedRange {
  readonly question: Omit<UsageQuestion, 'by'>;
  readonly calendar: UsageCalendar;
}

/**
 * The range and filters of a question; without a start, the day of its end, without an end, now.
 * @throws Refusal `validation_failed` naming the parameter
 */
export function askedRange(
  query: StatisticsQuery,
  granularity: Granularity | null,
  { clock, store }: Pick<AdminContext, 'clock' | 'store'>,
): AskedRange {
  const calendar = usageCalendar(store.current.system.time_zone);
  const untilMs = query.end_time === undefined ? clock.now() : Date.parse(query.end_time);
  const fromMs =
    query.start_time === undefined
      ? calendar.periodAt('day', untilMs - 1).startMs
      : Date.parse(query.start_time);
  if (fromMs >= untilMs) throw bad('end_time', 'must be later than start_time');
  if (untilMs - fromMs > LONGEST_RANGE_MS) throw bad('start_time', 'must be within ten years of end_time');
  if (granularity === 'hour' && untilMs - fromMs > LONGEST_BY_HOUR_MS) {
    throw bad('granularity', 'hour is for ranges of up to a year');
  }
  const where: Partial<Record<Dimension, readonly string[]>> = {};
  for (const dimension of DIMENSIONS) {
    const values = query[dimension];
    if (values !== undefined) where[dimension] = values;
  }
  return { question: { fromMs, untilMs, granularity, where, percentiles: query.percentiles }, calendar };
}

/** A parameter that does not fit. */
export function bad(path: string, message: string): Refusal {
  return new Refusal('validation_failed', `${path}: ${message}`, { issues: [{ path, message }] });
}

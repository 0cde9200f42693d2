import { z } from '@hono/zod-openapi';
import type { Document } from '../contract/document.ts';
import { UsageFigures, type UsageGroup } from '../contract/statistics.ts';
import { Time } from '../contract/values.ts';
import type { UsageQuestion, UsageReport } from '../core/control-ports.ts';
import { currencyOf } from '../core/prices.ts';
import { NAMED_DIMENSIONS, nameOf, type RecordNames } from '../core/record-names.ts';
import type { UsageCalendar } from '../core/usage/usage-period.ts';

const Figures = UsageFigures.extend({}).openapi('UsageFigures');

const RANGE = {
  start_time: Time,
  end_time: Time,
  /** IANA name: where days and months begin. */
  time_zone: z.string(),
  /** From the start of the first to the end of the last period that was counted; `null` where there is none. */
  covered: z.object({ start_time: Time, end_time: Time }).nullable(),
  currency: z
    .string()
    .nullable()
    .openapi({
      description:
        'What costs are in: the currency of the prices; `null` where none names one, `CNY+USD` where they name several, ' +
        'which are added up as if they were one',
    }),
  total: Figures,
};

/** An answer without groups. */
export const UsageSummary = z.object(RANGE).openapi('UsageSummary');

/** One group: the values of what was grouped by, the name of what has one, the period where one was asked for. */
const Group = UsageFigures.extend({
  user: z.string().optional(),
  key: z.string().optional(),
  channel: z.string().optional(),
  endpoint: z.string().optional(),
  model: z.string().optional(),
  protocol: z.string().optional(),
  outcome: z.string().optional(),
  error: z.string().optional(),
  name: z
    .string()
    .nullable()
    .optional()
    .openapi({ description: '`null` where it has none; what was deleted has its last one' }),
  period: Time.optional(),
}).openapi('UsageGroup');

/** An answer with groups. */
export const UsageList = z
  .object({
    ...RANGE,
    items: z.array(Group),
    count: z.int().openapi({ description: 'How many groups there are, also beyond `limit`' }),
  })
  .openapi('UsageList');

type Range = Pick<UsageQuestion, 'fromMs' | 'untilMs'>;

/** What every answer of the statistics begins with. */
export function summaryAnswer(
  { fromMs, untilMs }: Range,
  { covered, total }: UsageReport,
  calendar: UsageCalendar,
  { prices }: Pick<Document, 'prices'>,
) {
  const range = (from: number, until: number) => ({
    start_time: calendar.timeText(from),
    end_time: calendar.timeText(until),
  });
  return {
    ...range(fromMs, untilMs),
    time_zone: calendar.timeZone,
    covered: covered === null ? null : range(covered.fromMs, covered.untilMs),
    currency: currencyOf(prices),
    total,
  };
}

/** The largest groups of a report, with the names of what they stand for. */
export function reportAnswer(
  range: Range,
  report: UsageReport,
  calendar: UsageCalendar,
  limit: number,
  names: RecordNames,
) {
  const items = report.groups.slice(0, limit).map((group) => itemOf(group, names));
  return { ...summaryAnswer(range, report, calendar, names.document), items, count: report.groups.length };
}

function itemOf({ group, ...figures }: UsageGroup, names: RecordNames): z.infer<typeof Group> {
  const named = NAMED_DIMENSIONS.find((dimension) => group[dimension] !== undefined);
  return {
    ...group,
    ...(named === undefined ? {} : { name: nameOf(names, named, group[named] ?? '') }),
    ...figures,
  };
}

import { Time } from '../../contract/values.ts';
import type { UsageQuestion } from '../../core/control-ports.ts';
import { startOfDate } from '../../core/local-date.ts';
import { type Grouping, parseGrouping } from '../../core/usage-export/grouping.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/usage-export/usage-export.ts';
import type { Invocation } from './invocation.ts';
import { UsageError } from './terminal.ts';

const PERCENTILES = [50, 90, 95, 99];

/** What `export usage` was told. */
export interface ExportOptions {
  readonly grouping: Grouping;
  readonly format: ExportFormat;
}

/** Judges what can be judged without the configuration. @throws UsageError naming the option */
export function exportOptions({ files, values }: Invocation): ExportOptions {
  if (files[0] !== 'usage') throw new UsageError('export what? The one thing to export is: export usage');
  const grouping = parseGrouping(values.by ?? '');
  if (values.by === undefined)
    throw new UsageError('--by is missing: by what to group, such as user,model,day');
  if (typeof grouping === 'string') throw new UsageError(`--by: ${grouping}`);
  const format = EXPORT_FORMATS.find((one) => one === (values.format ?? 'csv'));
  if (format === undefined) throw new UsageError(`--format must be ${EXPORT_FORMATS.join(' or ')}`);
  return { grouping, format };
}

/**
 * The question that `export usage` stands for; without --from, this day, without --to, until now.
 * @param timeZone in which dates and days are meant
 * @throws UsageError naming the option
 */
export function exportQuestion(
  { values }: Invocation,
  { by, granularity }: Grouping,
  timeZone: string | undefined,
  nowMs: number,
): UsageQuestion {
  const untilMs = values.to === undefined ? nowMs : momentOf('to', values.to, timeZone);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(untilMs - 1);
  const fromMs = momentOf('from', values.from ?? today, timeZone);
  if (fromMs >= untilMs)
    throw new UsageError('--to must be later than --from: it is where the range ends, and not in it');
  return { fromMs, untilMs, by, granularity, where: {}, percentiles: PERCENTILES };
}

function momentOf(option: string, text: string, timeZone: string | undefined): number {
  const moment = Time.safeParse(text).success ? Date.parse(text) : startOfDate(text, timeZone);
  if (moment !== null) return moment;
  throw new UsageError(
    `--${option} must be a date such as 2026-11-21, or a time such as 2026-11-21T08:00:00+08:00`,
  );
}

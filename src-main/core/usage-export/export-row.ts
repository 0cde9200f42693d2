import type { Document } from '../../contract/document.ts';
import { UsageFigures, type UsageGroup } from '../../contract/statistics.ts';
import type { UsageQuestion } from '../control-ports.ts';
import { isNamed, nameOf } from '../record-names.ts';

/** One row of an export: what is counted, under names that stay the same. */
export type ExportRow = Readonly<Record<string, string | number | null>>;

type Figure = Exclude<keyof UsageFigures, 'latency_ms_percentiles'>;

/** A record of percentiles is no cell; each gets a column of its own. */
const FIGURES = Object.keys(UsageFigures.shape).filter(
  (name): name is Figure => name !== 'latency_ms_percentiles',
);

const percentileColumn = (percent: number): string => `latency_ms_p${String(percent).replace('.', '_')}`;

/** The columns of an export, in order: the period, each dimension with the name beside the id, the figures. */
export function exportColumns({ granularity, by, percentiles }: UsageQuestion): readonly string[] {
  return [
    ...(granularity === null ? [] : ['period']),
    ...by.flatMap((dimension) => (isNamed(dimension) ? [dimension, `${dimension}_name`] : [dimension])),
    ...FIGURES,
    ...percentiles.map(percentileColumn),
  ];
}

/** One group as a row; `null` where there is nothing to tell. */
export function exportRow(
  { group, period, latency_ms_percentiles, ...figures }: UsageGroup,
  { by, granularity, percentiles }: UsageQuestion,
  document: Document,
): ExportRow {
  const row: Record<string, string | number | null> = granularity === null ? {} : { period: period ?? null };
  for (const dimension of by) {
    const value = group[dimension] ?? '';
    row[dimension] = value;
    if (isNamed(dimension)) row[`${dimension}_name`] = nameOf(document, dimension, value);
  }
  for (const figure of FIGURES) row[figure] = figures[figure];
  for (const percent of percentiles) {
    row[percentileColumn(percent)] = latency_ms_percentiles[String(percent)] ?? null;
  }
  return row;
}

/** What programs that open CSV files take for the beginning of a formula, also behind white space. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * A text that no spreadsheet runs: an apostrophe makes it a text.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function inertText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The row with its texts inert; numbers stay numbers, negative ones too. */
export function inertRow(row: ExportRow): ExportRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? inertText(value) : value]),
  );
}

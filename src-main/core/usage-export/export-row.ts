import { DIMENSIONS, type Dimension, UsageFigures, type UsageGroup } from '../../contract/statistics.ts';
import type { UsageQuestion } from '../control-ports.ts';
import { isNamed, nameOf, type RecordNames } from '../record-names.ts';

/** One row of an export: what is counted, under names that stay the same. */
export type ExportRow = Readonly<Record<string, string | number | null>>;

type Figure = Exclude<keyof UsageFigures, 'latency_ms_percentiles'>;

/** A record of percentiles is no cell; each gets a column of its own. */
const FIGURES = Object.keys(UsageFigures.shape).filter(
  (name): name is Figure => name !== 'latency_ms_percentiles',
);

const percentileColumn = (percent: number): string => `latency_ms_p${String(percent).replace('.', '_')}`;

/** What an export is narrowed to besides what it is grouped by: the same in each row, so that the file says whose it is. */
function constantDimensions({ by, where }: UsageQuestion): readonly Dimension[] {
  return DIMENSIONS.filter((dimension) => where[dimension] !== undefined && !by.includes(dimension));
}

const columnsOf = (dimension: Dimension): readonly string[] =>
  isNamed(dimension) ? [dimension, `${dimension}_name`] : [dimension];

/**
 * The columns of an export, in order: the period, each dimension with the name beside the id, what it is narrowed to, the
 * figures. A currency stands beside the cost. The address of a user comes last, because scripts count columns up to the
 * first figures.
 */
export function exportColumns(question: UsageQuestion): readonly string[] {
  const { granularity, by, percentiles } = question;
  const dimensions = [...by, ...constantDimensions(question)];
  return [
    ...(granularity === null ? [] : ['period']),
    ...dimensions.flatMap(columnsOf),
    ...FIGURES.flatMap((figure) => (figure === 'cost' ? ['cost', 'currency'] : [figure])),
    ...percentiles.map(percentileColumn),
    ...(dimensions.includes('user') ? ['user_email'] : []),
  ];
}

/** Several values of one filter in one cell. */
const joined = (texts: readonly string[]): string => texts.join(', ');

function dimensionCells(dimension: Dimension, values: readonly string[], names: RecordNames): ExportRow {
  const id = joined(values);
  if (!isNamed(dimension)) return { [dimension]: id };
  const known = values.flatMap((value) => nameOf(names, dimension, value) ?? []);
  const name = known.length === 0 ? null : joined(known);
  if (dimension !== 'user') return { [dimension]: id, [`${dimension}_name`]: name };
  const emails = values.flatMap((value) => emailOf(names, value) ?? []);
  return { user: id, user_name: name, user_email: emails.length === 0 ? null : joined(emails) };
}

function emailOf({ document: { users } }: RecordNames, id: string): string | undefined {
  return Object.hasOwn(users, id) ? users[id]?.contact?.email : undefined;
}

/** What an export knows besides what was counted. */
export interface ExportFacts extends RecordNames {
  /** What costs are in; `null` where the prices do not say. */
  readonly currency: string | null;
}

/** One group as a row; `null` where there is nothing to tell. */
export function exportRow(
  { group, period, latency_ms_percentiles, ...figures }: UsageGroup,
  question: UsageQuestion,
  facts: ExportFacts,
): ExportRow {
  const { by, granularity, percentiles, where } = question;
  const row: Record<string, string | number | null> = granularity === null ? {} : { period: period ?? null };
  for (const dimension of by) Object.assign(row, dimensionCells(dimension, [group[dimension] ?? ''], facts));
  for (const dimension of constantDimensions(question))
    Object.assign(row, dimensionCells(dimension, where[dimension] ?? [], facts));
  for (const figure of FIGURES) {
    row[figure] = figures[figure];
    if (figure === 'cost') row.currency = figures.cost === null ? null : facts.currency;
  }
  for (const percent of percentiles) {
    row[percentileColumn(percent)] = latency_ms_percentiles[String(percent)] ?? null;
  }
  return row;
}

/** Characters that do not show, behind which programs still look for a formula. */
const UNSEEN = '[\\s\\p{Cc}\\p{Cf}\\p{Z}]';
/**
 * What programs that open CSV files take for the beginning of a formula: `=`, `+`, `-` and `@`, in their wide and small
 * forms too.
 */
const FORMULA = new RegExp(
  `^${UNSEEN}*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE66\\uFE62\\uFE63\\uFE6B\\u2212]|^[\\t\\r\\n]`,
  'u',
);

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

/**
 * Texts that are quoted besides those that hold a quote or a comma: some program takes one of these for the end of a row
 * (any line end, alone too) or of a cell (`;`, `|` and tabulators, by its settings).
 */
export const QUOTED_TEXT = /[\p{Cc}\u2028\u2029;|]|^\s|\s$/u;

/** A number as spreadsheets of all kinds read it: without an exponent. */
export function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e-') ? value.toFixed(LAST_DIGIT).replace(/\.?0+$/, '') : text;
}

/** Costs have nine digits behind the point, and nothing has more. */
const LAST_DIGIT = 9;

/** What a file of usage is called, without its ending. @param from, until its first and last day, `2026-11-21` */
export function exportFileName(
  { where }: Pick<UsageQuestion, 'where'>,
  { document, gone }: RecordNames,
  from: string,
  until: string,
): string {
  const filters = DIMENSIONS.flatMap((dimension) => {
    const values = where[dimension];
    if (values === undefined) return [];
    const only = values.length === 1 ? (values[0] ?? '') : null;
    if (only === null) return [`${values.length}-${dimension}s`];
    const name = isNamed(dimension) ? nameOf({ document, gone }, dimension, only) : null;
    return [`${dimension}-${only === '' ? 'none' : (name ?? only)}`];
  });
  const told = filters.map(fileText).join('-').slice(0, LONGEST_FILTERS).toWellFormed();
  return ['aiproxy-usage', from, until, ...(told === '' ? [] : [told])].join('-');
}

/** Names of files have at most 255 bytes, and a character up to three here. */
const LONGEST_FILTERS = 64;

/** A text as part of a file's name on any system: letters and digits of any script, dots, dashes and underscores. */
const fileText = (text: string): string => text.replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '_');

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Document } from '../contract/document.ts';
import type { GoneNames, UsageQuestion, UsageReport, UsageStatistics } from '../core/control-ports.ts';
import { currencyOf } from '../core/prices.ts';
import { usageCalendar } from '../core/usage/usage-period.ts';
import {
  type ExportFacts,
  type ExportRow,
  exportColumns,
  exportRow,
  inertRow,
  plainNumber,
  QUOTED_TEXT,
} from '../core/usage-export/export-row.ts';
import { exportSlices } from '../core/usage-export/export-slices.ts';
import type { UsageExport } from '../core/usage-export/usage-export.ts';

export interface UsageExportOptions {
  readonly usage: UsageStatistics;
  /** Has the names, the prices' currency and the time zone. Asked at each export. */
  readonly document: () => Document;
  /** The names of records that are gone; left out, they have none. */
  readonly gone?: GoneNames;
  /** Whether long ranges are asked for in parts, so that not all of an answer is in memory; default yes. */
  readonly inSlices?: boolean;
}

/** Writes usage as CSV or JSON, row by row as the reader takes it. */
export function createUsageExport({
  usage,
  document,
  gone = { nameOf: () => null },
  inSlices = true,
}: UsageExportOptions): UsageExport {
  return async (question, format) => {
    const known = document();
    const facts = { document: known, gone, currency: currencyOf(known.prices) };
    const calendar = usageCalendar(known.system.time_zone);
    const slices = inSlices ? exportSlices(question, calendar) : [question].values();
    // Asked before anything is sent, so that what fails at once can still be answered with an error.
    const first = slices.next();
    const report = first.done ? null : await usage.report(first.value);
    const rows = rowsOf(report, slices, usage, question, facts);
    return toWeb(format === 'csv' ? await csvOf(rows, question) : Readable.from(jsonOf(rows)));
  };
}

/** Node's type of a web stream is not the one that the rest of the program knows, but the stream is. */
const toWeb = (stream: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(stream) as ReadableStream<Uint8Array>;

async function* rowsOf(
  first: UsageReport | null,
  slices: Iterable<UsageQuestion>,
  usage: UsageStatistics,
  question: UsageQuestion,
  facts: ExportFacts,
): AsyncGenerator<ExportRow> {
  for (const group of first?.groups ?? []) yield exportRow(group, question, facts);
  for (const slice of slices) {
    const { groups } = await usage.report(slice);
    for (const group of groups) yield exportRow(group, question, facts);
  }
}

/** RFC 4180, in UTF-8 that says so, without formulas. */
async function csvOf(rows: AsyncIterable<ExportRow>, question: UsageQuestion): Promise<Readable> {
  // Needed rarely.
  const { stringify } = await import('csv-stringify');
  const csv = stringify({
    bom: true,
    header: true,
    columns: [...exportColumns(question)],
    record_delimiter: 'windows',
    eof: true,
    quoted_match: QUOTED_TEXT,
    cast: { number: plainNumber },
  });
  const inert = async function* () {
    for await (const row of rows) yield inertRow(row);
  };
  // What fails on either side ends both, and who reads sees it there.
  pipeline(Readable.from(inert()), csv).catch((error: unknown) => {
    csv.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return csv;
}

/** An array of objects, one to a line. */
async function* jsonOf(rows: AsyncIterable<ExportRow>): AsyncGenerator<Buffer> {
  let before = '[\n';
  for await (const row of rows) {
    yield Buffer.from(`${before}${JSON.stringify(row)}`);
    before = ',\n';
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

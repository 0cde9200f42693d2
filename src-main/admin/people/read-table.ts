import { type ReadText, textOfBytes } from '../../core/people/text-of-bytes.ts';

/** A list of people is small: 10,000 of them need one MiB. */
export const MOST_BYTES = 4 * 1024 * 1024;
export const MOST_ROWS = 10_000;
/** No column of a list of people is longer; a quote that is not closed would make one of all that follows. Bytes. */
const LONGEST_ROW = 16 * 1024;

/** A table as it was read. The first row is row 1, empty ones are counted. */
export interface ReadTable {
  readonly rows: readonly (readonly string[])[];
  readonly encoding: ReadText['encoding'];
  readonly delimiter: string;
}

/** Why a file is no table, in plain words. */
export class TableProblem extends Error {
  override readonly name = 'TableProblem';
}

const WORKBOOK = [0x50, 0x4b, 0x03, 0x04];

/** The text of a file. @throws TableProblem */
export function textOfFile(bytes: Uint8Array): ReadText {
  if (bytes.length > MOST_BYTES)
    throw new TableProblem(`the file is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
  if (WORKBOOK.every((byte, index) => bytes[index] === byte))
    throw new TableProblem(
      'this is a workbook (.xlsx, .ods): save it as CSV, or copy its rows and paste them',
    );
  const read = textOfBytes(bytes);
  if (read === null) throw new TableProblem('this is no text: save the list as CSV in UTF-8');
  return read;
}

const DELIMITERS = ['\t', ';', ','] as const;
/** How spreadsheet programs name the delimiter. */
const NAMED_DELIMITER = /^\uFEFF?sep=(.)\r?\n/i;

/** What stands most often in the first line that says something, outside quotes. */
function delimiterOf(text: string): string {
  const line = /^\s*([^\r\n]+)/.exec(text)?.[1] ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => [delimiter, bare.split(delimiter).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best), [',', 1] as const)[0];
}

/**
 * Reads rows of CSV (RFC 4180), divided by commas, semicolons or tabs.
 * @throws TableProblem with the row where it can be told
 */
export async function readTable({ text, encoding }: ReadText): Promise<ReadTable> {
  const named = NAMED_DELIMITER.exec(text);
  const content = named === null ? text : text.slice(named[0].length);
  const delimiter = named?.[1] ?? delimiterOf(content);
  // Needed rarely.
  const { parse, CsvError } = await import('csv-parse/sync');
  try {
    const rows: string[][] = parse(content, {
      bom: true,
      delimiter,
      relax_column_count: true,
      // What is copied from a spreadsheet has quotes only where a cell has line breaks.
      relax_quotes: delimiter === '\t',
      skip_empty_lines: false,
      max_record_size: LONGEST_ROW,
      to: MOST_ROWS + 2,
    });
    const above = named === null ? [] : [[]];
    if (rows.length > MOST_ROWS + 1) throw new TableProblem(`there are more than ${MOST_ROWS} rows`);
    return { rows: [...above, ...rows], encoding, delimiter };
  } catch (error) {
    throw error instanceof CsvError ? new TableProblem(problemOf(error)) : error;
  }
}

/** In our words: the parser's quote the file. */
function problemOf(error: { readonly code: string } & Readonly<Record<string, unknown>>): string {
  const line = typeof error.lines === 'number' ? ` near line ${error.lines}` : '';
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return `a quotation mark is not closed, or a row is too long${line}`;
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `a quotation mark stands where none may${line}`;
    default:
      return `the rows cannot be read${line}`;
  }
}

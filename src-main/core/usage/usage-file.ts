import type { Dimension } from '../../contract/statistics.ts';
import { LATENCY_BUCKETS } from './latency-buckets.ts';
import type { LogPosition } from './log-position.ts';
import { MICRO, NANO, SUMS, type Sum } from './usage-row.ts';
import { eachDimension, eachSum, type NamedColumn, NO_AMOUNTS, type UsageTable } from './usage-table.ts';

/** The version written into each file; a reader refuses a higher one. */
export const USAGE_FILE_VERSION = 1;

/** What stands in the file of a period: its rows as columns. Columns of zeros are left out. */
export interface UsageFile {
  readonly v: typeof USAGE_FILE_VERSION;
  /** An IANA name: whose hours, days or months these are. */
  readonly time_zone: string;
  /** RFC 3339; the end is the next period's start. */
  readonly start: string;
  readonly end: string;
  /** Grows with every commit of the usage folder: the file with the highest one was written last. */
  readonly commit: number;
  /** What of the request log was counted, in this file or another, when this one was written. */
  readonly log_offset: LogPosition;
  readonly rows: number;
  /** The different values of each dimension. */
  readonly names: Readonly<Record<Dimension, readonly string[]>>;
  /** By row, which of `names` it has. */
  readonly dimensions: Readonly<Record<Dimension, readonly number[]>>;
  /** In whole units where rows have parts of them: `seconds`, `cost`. */
  readonly sums: Readonly<Partial<Record<string, readonly number[]>>>;
  /** How many numbers `latency` has for each row. */
  readonly latency_length: readonly number[];
  /** Pairs of bucket and count, row after row. */
  readonly latency: readonly number[];
}

export type UsageFileHead = Pick<UsageFile, 'time_zone' | 'start' | 'end' | 'commit' | 'log_offset'>;

/** Makes the content of a file. */
export function encodeTable(head: UsageFileHead, table: UsageTable): UsageFile {
  const sums: Partial<Record<string, readonly number[]>> = {};
  for (const sum of SUMS) {
    const { name, parts } = FILED[sum] ?? { name: sum, parts: 1 };
    if (table.sums[sum].some((value) => value !== 0))
      sums[name] = Array.from(table.sums[sum], (value) => value / parts);
  }
  const lengths = Array.from(
    { length: table.rows },
    (_, row) => (table.latencyAt[row + 1] ?? 0) - (table.latencyAt[row] ?? 0),
  );
  return {
    v: USAGE_FILE_VERSION,
    ...head,
    rows: table.rows,
    names: eachDimension((dimension) => table.dimensions[dimension].names),
    dimensions: eachDimension((dimension) => [...table.dimensions[dimension].rows]),
    sums,
    latency_length: lengths,
    latency: [...table.latency],
  };
}

/** The sums that files have in whole units. */
const FILED: Readonly<Partial<Record<Sum, { readonly name: string; readonly parts: number }>>> = {
  seconds_us: { name: 'seconds', parts: MICRO },
  cost_nano: { name: 'cost', parts: NANO },
};

function sumsOf(filed: Shape, rows: number): UsageTable['sums'] {
  const sums = eachSum((sum) => {
    const { name, parts } = FILED[sum] ?? { name: sum, parts: 1 };
    if (filed[name] === undefined) return NO_AMOUNTS;
    const column = amounts(filed[name], rows, name);
    return parts === 1 ? column : column.map((value) => Math.round(value * parts));
  });
  return withPrices(sums, rows);
}

/**
 * Files of earlier versions do not tell which requests had a price. There, a row that cost something had one, and a row
 * in which something was used and that cost nothing had none. Files of this version always tell it of what was used.
 */
function withPrices(sums: UsageTable['sums'], rows: number): UsageTable['sums'] {
  const used = [sums.cost_nano, sums.tokens_in, sums.tokens_out, sums.characters, sums.seconds_us];
  const tells = sums.priced.length > 0 || sums.unpriced.length > 0;
  if (tells || used.every(({ length }) => length === 0)) return sums;
  const priced = new Float64Array(rows);
  const unpriced = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const column = (sums.cost_nano[row] ?? 0) > 0 ? priced : unpriced;
    if (used.some((amounts) => (amounts[row] ?? 0) > 0)) column[row] = sums.requests[row] ?? 0;
  }
  return { ...sums, priced, unpriced };
}

/** The file is not what it should be; the message says why. */
export class UsageFileError extends Error {
  override readonly name = 'UsageFileError';
}

type Shape = Readonly<Record<string, unknown>>;

/** Reads a file's content. @throws UsageFileError */
export function decodeTable(content: unknown): { readonly head: UsageFileHead; readonly table: UsageTable } {
  const file = shapeOf(content, 'the file');
  if (file.v !== USAGE_FILE_VERSION) throw new UsageFileError(`its version is ${JSON.stringify(file.v)}`);
  const rows = numberOf(file.rows, 'rows');
  const names = shapeOf(file.names, 'names');
  const columns = shapeOf(file.dimensions, 'dimensions');
  const sums = shapeOf(file.sums, 'sums');
  const table: UsageTable = {
    rows,
    dimensions: eachDimension((dimension) => namedColumn(names[dimension], columns[dimension], rows)),
    sums: sumsOf(sums, rows),
    ...latencyOf(file, rows),
  };
  return {
    head: {
      time_zone: textOf(file.time_zone, 'time_zone'),
      start: timeOf(file.start, 'start'),
      end: timeOf(file.end, 'end'),
      commit: numberOf(file.commit, 'commit'),
      log_offset: positionOf(file.log_offset),
    },
    table,
  };
}

/** Reads a position as it stands in a file. @throws UsageFileError */
export function positionOf(value: unknown): LogPosition {
  return Object.fromEntries(
    Object.entries(shapeOf(value, 'log_offset')).map(([name, bytes]) => [
      name,
      numberOf(bytes, 'log_offset'),
    ]),
  );
}

function namedColumn(names: unknown, rows: unknown, length: number): NamedColumn {
  const list = listOf(names, 'names').map((name) => textOf(name, 'names'));
  const column = amounts(rows, length, 'dimensions');
  if (column.some((number) => number >= list.length))
    throw new UsageFileError('a row has a name that is not there');
  return { names: list, rows: Uint32Array.from(column) };
}

function latencyOf(file: Shape, rows: number) {
  const lengths = amounts(file.latency_length, rows, 'latency_length');
  const latencyAt = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) latencyAt[row + 1] = (latencyAt[row] ?? 0) + (lengths[row] ?? 0);
  const latency = amounts(file.latency, latencyAt[rows] ?? 0, 'latency');
  for (let at = 0; at < latency.length; at += 2) {
    if ((latency[at] ?? 0) >= LATENCY_BUCKETS)
      throw new UsageFileError('latency has a bucket that is not there');
  }
  return { latency, latencyAt };
}

function amounts(value: unknown, length: number, member: string): Float64Array {
  const list = listOf(value, member);
  if (list.length !== length)
    throw new UsageFileError(`${member} has ${list.length} values in place of ${length}`);
  const column = new Float64Array(length);
  for (let at = 0; at < length; at++) column[at] = numberOf(list[at], member);
  return column;
}

function shapeOf(value: unknown, member: string): Shape {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageFileError(`${member} is no object`);
  }
  return value as Shape; // What was parsed from JSON and is an object has members of unknown values.
}

function listOf(value: unknown, member: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new UsageFileError(`${member} is no list`);
  return value;
}

function numberOf(value: unknown, member: string): number {
  if (typeof value !== 'number' || !(value >= 0))
    throw new UsageFileError(`${member} has a value that is no amount`);
  return value;
}

function textOf(value: unknown, member: string): string {
  if (typeof value !== 'string') throw new UsageFileError(`${member} has a value that is no text`);
  return value;
}

function timeOf(value: unknown, member: string): string {
  const text = textOf(value, member);
  if (Number.isNaN(Date.parse(text))) throw new UsageFileError(`${member} is no time`);
  return text;
}

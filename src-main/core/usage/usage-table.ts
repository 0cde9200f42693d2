import type { Dimension } from '../../contract/statistics.ts';
import { ROW_DIMENSIONS, type Sum } from './usage-row.ts';

/** The values of one dimension: each different one once, and by row which one it is. */
export interface NamedColumn {
  readonly names: readonly string[];
  readonly rows: Uint32Array;
}

/** Rows of one period as columns, each combination of dimensions once. Immutable, and small in memory. */
export interface UsageTable {
  readonly rows: number;
  readonly dimensions: Readonly<Record<Dimension, NamedColumn>>;
  /** By row; empty where all are 0. */
  readonly sums: Readonly<Record<Sum, Float64Array>>;
  /** Pairs of latency bucket and count, row after row. */
  readonly latency: Float64Array;
  /** Where each row's pairs begin, and at the end their number. */
  readonly latencyAt: Uint32Array;
}

/** A value of each dimension. */
export function eachDimension<T>(make: (dimension: Dimension) => T): Readonly<Record<Dimension, T>> {
  return {
    user: make('user'),
    key: make('key'),
    channel: make('channel'),
    endpoint: make('endpoint'),
    model: make('model'),
    protocol: make('protocol'),
    outcome: make('outcome'),
    error: make('error'),
  };
}

/** A value of each sum. */
export function eachSum<T>(make: (sum: Sum) => T): Readonly<Record<Sum, T>> {
  return {
    requests: make('requests'),
    latency_us: make('latency_us'),
    bytes_in: make('bytes_in'),
    bytes_out: make('bytes_out'),
    tokens_in: make('tokens_in'),
    tokens_out: make('tokens_out'),
    tokens_cached: make('tokens_cached'),
    tokens_reasoning: make('tokens_reasoning'),
    characters: make('characters'),
    seconds_us: make('seconds_us'),
    cost_nano: make('cost_nano'),
    priced: make('priced'),
    unpriced: make('unpriced'),
  };
}

/** The column of a sum that is 0 in every row. */
export const NO_AMOUNTS = new Float64Array(0);

/** A table without rows. */
export const EMPTY_TABLE: UsageTable = {
  rows: 0,
  dimensions: eachDimension(() => ({ names: [], rows: new Uint32Array(0) })),
  sums: eachSum(() => new Float64Array(0)),
  latency: new Float64Array(0),
  latencyAt: new Uint32Array(1),
};

/** Adds tables up; rows of the same dimensions become one. Nothing but the periods they belong to is lost. */
export function mergeTables(tables: readonly UsageTable[]): UsageTable {
  const filled = tables.filter(({ rows }) => rows > 0);
  const only = filled[0];
  if (only === undefined) return EMPTY_TABLE;
  if (filled.length === 1) return only;
  const names = eachDimension(() => new Names());
  const { rows, targets } = matchRows(filled, names);
  const dimensions = eachDimension((dimension) => ({
    names: names[dimension].list,
    rows: names[dimension].columnOf(filled, dimension, targets, rows),
  }));
  const sums = eachSum((sum) => {
    if (filled.every((table) => table.sums[sum].length === 0)) return NO_AMOUNTS;
    const column = new Float64Array(rows);
    filled.forEach((table, at) => {
      const target = targets[at];
      const values = table.sums[sum];
      for (let row = 0; row < values.length; row++) {
        const into = target?.[row] ?? 0;
        column[into] = (column[into] ?? 0) + (values[row] ?? 0);
      }
    });
    return column;
  });
  return { rows, dimensions, sums, ...mergeLatency(filled, targets, rows) };
}

/** Gives numbers to names. */
class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #byTable: Uint32Array[] = [];

  /** The number here of each of a table's names. */
  translate(names: readonly string[]): Uint32Array {
    const numbers = Uint32Array.from(names, (name) => this.#numberOf(name));
    this.#byTable.push(numbers);
    return numbers;
  }

  columnOf(
    tables: readonly UsageTable[],
    dimension: Dimension,
    targets: readonly Uint32Array[],
    rows: number,
  ): Uint32Array {
    const column = new Uint32Array(rows);
    tables.forEach((table, at) => {
      const source = table.dimensions[dimension].rows;
      const numbers = this.#byTable[at];
      const target = targets[at];
      for (let row = 0; row < table.rows; row++) {
        column[target?.[row] ?? 0] = numbers?.[source[row] ?? 0] ?? 0;
      }
    });
    return column;
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.list.length;
    this.#numbers.set(name, number);
    this.list.push(name);
    return number;
  }
}

/** Finds for each row of each table the row of the result it is added to. */
function matchRows(tables: readonly UsageTable[], names: Readonly<Record<Dimension, Names>>) {
  const byKey = new Map<string, number>();
  const targets = tables.map((table) => {
    const columns = ROW_DIMENSIONS.map((dimension) => ({
      rows: table.dimensions[dimension].rows,
      numbers: names[dimension].translate(table.dimensions[dimension].names),
    }));
    const target = new Uint32Array(table.rows);
    for (let row = 0; row < table.rows; row++) {
      let key = '';
      for (const { rows, numbers } of columns) key += `${numbers[rows[row] ?? 0]},`;
      let into = byKey.get(key);
      if (into === undefined) {
        into = byKey.size;
        byKey.set(key, into);
      }
      target[row] = into;
    }
    return target;
  });
  return { rows: byKey.size, targets };
}

function mergeLatency(tables: readonly UsageTable[], targets: readonly Uint32Array[], rows: number) {
  const merged: (number[] | undefined)[] = Array.from({ length: rows });
  tables.forEach((table, at) => {
    for (let row = 0; row < table.rows; row++) {
      const into = targets[at]?.[row] ?? 0;
      const pairs = table.latency.subarray(table.latencyAt[row] ?? 0, table.latencyAt[row + 1] ?? 0);
      const before = merged[into];
      merged[into] = before === undefined ? Array.from(pairs) : mergePairs(before, pairs);
    }
  });
  return packLatency(merged);
}

/** Adds two lists of pairs, both in order of buckets. */
function mergePairs(left: readonly number[], right: ArrayLike<number>): number[] {
  const merged: number[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const a = l < left.length ? (left[l] ?? 0) : Number.POSITIVE_INFINITY;
    const b = r < right.length ? (right[r] ?? 0) : Number.POSITIVE_INFINITY;
    const count = (a <= b ? (left[l + 1] ?? 0) : 0) + (b <= a ? (right[r + 1] ?? 0) : 0);
    merged.push(Math.min(a, b), count);
    if (a <= b) l += 2;
    if (b <= a) r += 2;
  }
  return merged;
}

/** Puts each row's pairs behind the other's. */
export function packLatency(rows: readonly (readonly number[] | undefined)[]) {
  const latencyAt = new Uint32Array(rows.length + 1);
  rows.forEach((pairs, row) => {
    latencyAt[row + 1] = (latencyAt[row] ?? 0) + (pairs?.length ?? 0);
  });
  const latency = new Float64Array(latencyAt[rows.length] ?? 0);
  rows.forEach((pairs, row) => {
    if (pairs !== undefined) latency.set(pairs, latencyAt[row]);
  });
  return { latency, latencyAt };
}

/** How much memory a table takes, roughly, in bytes. */
export function tableBytes({ dimensions, sums, latency, latencyAt }: UsageTable): number {
  const columns = Object.values(dimensions).map(({ rows }) => rows);
  const all = [...columns, ...Object.values(sums), latency, latencyAt];
  return all.reduce((bytes, column) => bytes + column.byteLength, 0);
}

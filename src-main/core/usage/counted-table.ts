import type { CountedHour } from './counted-rows.ts';
import { LATENCY_BUCKETS } from './latency-buckets.ts';
import { ROW_DIMENSIONS, SUMS } from './usage-row.ts';
import { eachDimension, eachSum, NO_AMOUNTS, packLatency, type UsageTable } from './usage-table.ts';

/** What was drained from the hot path as a table. */
export function tableOf(hour: CountedHour): UsageTable {
  const { rows } = hour;
  return {
    rows,
    dimensions: eachDimension((dimension) => namedColumn(hour, ROW_DIMENSIONS.indexOf(dimension))),
    sums: eachSum((sum) => {
      const offset = SUMS.indexOf(sum);
      const column = Float64Array.from(
        { length: rows },
        (_, row) => hour.sums[row * SUMS.length + offset] ?? 0,
      );
      return column.some((value) => value !== 0) ? column : NO_AMOUNTS;
    }),
    ...packLatency(Array.from({ length: rows }, (_, row) => pairsOf(hour.buckets, row))),
  };
}

function namedColumn(hour: CountedHour, offset: number) {
  const numbers = new Map<string, number>();
  const column = new Uint32Array(hour.rows);
  for (let row = 0; row < hour.rows; row++) {
    const name = hour.names[row * ROW_DIMENSIONS.length + offset] ?? '';
    const known = numbers.get(name);
    column[row] = known ?? numbers.size;
    if (known === undefined) numbers.set(name, numbers.size);
  }
  return { names: [...numbers.keys()], rows: column };
}

function pairsOf(buckets: Uint32Array, row: number): number[] {
  const pairs: number[] = [];
  for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
    const count = buckets[row * LATENCY_BUCKETS + bucket] ?? 0;
    if (count > 0) pairs.push(bucket, count);
  }
  return pairs;
}
